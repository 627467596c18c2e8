"""Words: money, months, identities, purposes, steps and errors. No I/O, no Django."""
