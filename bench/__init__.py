"""Benches of the whole program at county size, each beside its floor or peer: ``python -m bench``."""
