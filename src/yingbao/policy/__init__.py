"""Reads the law: files to typed parameters, what is in force as known on a day, towns and villages."""
