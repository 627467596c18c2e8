"""Done as bookkeeping, pure: the chart of accounts, entries, postings and their proofs. No Django."""
