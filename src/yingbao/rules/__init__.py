"""SHOULD: what the law says, as pure functions from frames to frames."""
