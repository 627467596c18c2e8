"""SHOWS: coverage, checks, explanations, statements, exports. Reads everything, writes nothing to the books."""
