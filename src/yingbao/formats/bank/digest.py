"""The digest at the end of a bank file."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes


def digest_hex(algorithm: str, body: bytes) -> str:
    """``sm3`` (GB/T 32905) or ``sha256`` of the bytes, in lower-case hexadecimal."""
    state = hashes.Hash(hashes.SM3() if algorithm == "sm3" else hashes.SHA256())
    state.update(body)
    return state.finalize().hex()
