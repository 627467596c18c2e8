"""Personal values at rest: sealed, and found again by a keyed blind index.

A sealed value is ``v1:<alg>:<kid>:<nonce>:<ct+tag>`` (base64 without padding). Table, column and owner are
authenticated with it, so a value that is copied to another row does not open. Each column has its own
key, derived from the key file. Two profiles: ``intl`` AES-256-GCM with HMAC-SHA-256, ``guomi`` SM4-GCM
with HMAC-SM3. Values of either profile open under both.
"""

from __future__ import annotations

import os
import unicodedata
import zlib
from base64 import urlsafe_b64encode
from binascii import Error as BadBase64
from binascii import a2b_base64
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yingbao.store.errors import KeyMissing, KeysDoNotFit, OtherCrypto, SealBroken
from yingbao.store.keys import INDEX, KeyFolder
from yingbao.values.identity import Secret

Clear = str | Secret

_NONCE = 12
_TAG = 16


class _Sealer(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes: ...


class _SM4GCM:
    """SM4-GCM in the shape of AESGCM; ``cryptography`` has no one-shot form of it."""

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key[:16])

    def encrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        run = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        run.authenticate_additional_data(associated)
        return run.update(data) + run.finalize() + run.tag

    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        run = Cipher(self._cipher, modes.GCM(nonce, data[-_TAG:])).decryptor()
        run.authenticate_additional_data(associated)
        return run.update(data[:-_TAG]) + run.finalize()


_SEALERS: dict[str, Callable[[bytes], _Sealer]] = {"aes256gcm": AESGCM, "sm4gcm": _SM4GCM}
_ALGORITHM = {"intl": "aes256gcm", "guomi": "sm4gcm"}


def folder() -> KeyFolder:
    """The key folder of the settings, with its first keys."""
    keys = KeyFolder(Path(settings.YINGBAO_KEYS))
    keys.ensure()
    return keys


def forget() -> None:
    """Forget keys in memory: after :func:`yingbao.store.use` or a rotation."""
    _sealer.cache_clear()
    _newest.cache_clear()
    _index_state.cache_clear()


def check_fit() -> None:
    """Compare the index key with the one this database was first used with; note it on first use.

    Raises KeysDoNotFit: with another key, people who are known would be taken for new ones. Raises KeyMissing where a
    database in use has lost its keys, and OtherCrypto where it was filled under the other profile; makes no keys then.
    """
    from yingbao.store.models import KeyFingerprint  # noqa: PLC0415  (models need Django to be ready)

    noted = set(KeyFingerprint.objects.values_list("name", flat=True))
    keys = KeyFolder(Path(settings.YINGBAO_KEYS))
    if noted and not keys.has(INDEX):
        raise KeyMissing(kid=INDEX, folder=keys.path)
    if noted and f"index:{settings.YINGBAO_CRYPTO}" not in noted:
        raise OtherCrypto(now=settings.YINGBAO_CRYPTO, then=" ".join(sorted(one.removeprefix("index:") for one in noted)))
    if not noted:
        name, fingerprint = _fingerprint()
        KeyFingerprint.objects.create(name=name, fingerprint=fingerprint)
    elif not fits():
        raise KeysDoNotFit(folder=settings.YINGBAO_KEYS)


def fits() -> bool:
    """Whether the index key is the one that was noted."""
    from yingbao.store.models import KeyFingerprint  # noqa: PLC0415

    name, fingerprint = _fingerprint()
    return dict(KeyFingerprint.objects.values_list("name", "fingerprint")).get(name) == fingerprint


def _fingerprint() -> tuple[str, str]:
    return f"index:{settings.YINGBAO_CRYPTO}", index("fingerprint", "yingbao")


def rotate() -> str:
    """Make the next sealing key and use it from now on; its id."""
    kid = folder().rotate()
    forget()
    return kid


@lru_cache
def _newest() -> str:
    return folder().newest()


@lru_cache(maxsize=256)
def _sealer(algorithm: str, kid: str, table: str, column: str) -> _Sealer:
    digest: hashes.HashAlgorithm = hashes.SM3() if algorithm == "sm4gcm" else hashes.SHA256()
    derive = HKDF(digest, length=32, salt=None, info=f"{algorithm}|{table}|{column}".encode())
    return _SEALERS[algorithm](derive.derive(folder().key(kid)))


def seal(table: str, column: str, owner: int, value: Clear) -> str:
    """Seal one value for a row: ``owner`` is the person's (or file's) id."""
    return seal_many(table, column, [owner], [value])[0] or ""


def seal_many(
    table: str, column: str, owners: Iterable[int], values: Sequence[Clear | None]
) -> list[str | None]:
    """Seal many values; None stays None. About 1.5 s (intl) or 6 s (guomi) for 650,000."""
    algorithm, kid = _ALGORITHM[settings.YINGBAO_CRYPTO], _newest()
    encrypt = _sealer(algorithm, kid, table, column).encrypt
    nonces = memoryview(os.urandom(_NONCE * len(values)))
    head, place = f"v1:{algorithm}:{kid}:", f"{table}|{column}|"
    sealed: list[str | None] = []
    for at, (owner, value) in enumerate(zip(owners, values, strict=True)):
        if value is None:
            sealed.append(None)
            continue
        clear = value.reveal() if isinstance(value, Secret) else value
        nonce = bytes(nonces[at * _NONCE : (at + 1) * _NONCE])
        body = encrypt(nonce, clear.encode(), f"{place}{owner}".encode())
        sealed.append(f"{head}{_text(nonce)}:{_text(body)}")
    return sealed


def unseal(table: str, column: str, owner: int, sealed: str) -> Secret:
    """Open one value. Raises SealBroken if it was altered or written for another row, KeyMissing."""
    return Secret(unseal_many(table, column, [owner], [sealed])[0] or "")


def unseal_many(
    table: str, column: str, owners: Iterable[int], values: Sequence[str | None]
) -> list[str | None]:
    """Open many values, in clear: only for matching in memory and bank files. Raises as :func:`unseal`."""
    opened: list[str | None] = []
    head, place = ":", f"{table}|{column}|"  # no sealed value begins with a colon
    for owner, value in zip(owners, values, strict=True):
        if value is None:
            opened.append(None)
            continue
        try:
            if not value.startswith(head):  # nearly all of a column are sealed with one key
                head, decrypt = _opener(table, column, owner, value)
            nonce, body = value[len(head) :].split(":")
            opened.append(decrypt(_bytes(nonce), _bytes(body), f"{place}{owner}".encode()).decode())
        except (ValueError, BadBase64, InvalidTag) as error:
            raise SealBroken(table=table, column=column, owner=owner) from error
    return opened


def _opener(table: str, column: str, owner: int, sealed: str) -> tuple[str, Callable[[bytes, bytes, bytes], bytes]]:
    """The part of a sealed value that names its key, and what opens such values."""
    version, algorithm, kid, _, _ = sealed.split(":")
    if version != "v1" or algorithm not in _SEALERS:
        raise SealBroken(table=table, column=column, owner=owner)
    return f"{version}:{algorithm}:{kid}:", _sealer(algorithm, kid, table, column).decrypt


def _open(table: str, column: str, owner: int, sealed: str) -> bytes:
    try:
        head, decrypt = _opener(table, column, owner, sealed)
        nonce, body = sealed[len(head) :].split(":")
        return decrypt(_bytes(nonce), _bytes(body), f"{table}|{column}|{owner}".encode())
    except (ValueError, BadBase64, InvalidTag) as error:
        raise SealBroken(table=table, column=column, owner=owner) from error


def seal_block(table: str, column: str, owner: int, content: bytes) -> str:
    """Compress and seal a block of raw cells."""
    algorithm, kid = _ALGORITHM[settings.YINGBAO_CRYPTO], _newest()
    nonce = os.urandom(_NONCE)
    body = _sealer(algorithm, kid, table, column).encrypt(
        nonce, zlib.compress(content, 6), f"{table}|{column}|{owner}".encode()
    )
    return f"v1:{algorithm}:{kid}:{_text(nonce)}:{_text(body)}"


def unseal_block(table: str, column: str, owner: int, sealed: str) -> bytes:
    """The content given to :func:`seal_block`. Raises as :func:`unseal`."""
    return zlib.decompress(_open(table, column, owner, sealed))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


# The URL-safe alphabet as the standard one; what is only in the standard one, and padding, as what neither has.
_STANDARD = bytes.maketrans(b"-_+/=", b"+/!!!")
# What the last sign of a text of 4n+2 or 4n+3 may be: its spare bits are zero.
_LAST_SIGNS = {0: "", 2: "AQgw", 3: "AEIMQUYcgkosw048"}


def _bytes(text: str) -> bytes:
    over = len(text) % 4
    if over and text[-1] not in _LAST_SIGNS.get(over, ""):  # base64 forgives spare bits; a seal does not
        message = "not canonical"
        raise ValueError(message)
    return a2b_base64(text.encode("ascii").translate(_STANDARD) + b"=" * (-over % 4), strict_mode=True)


def normalised(text: str) -> str:
    """As it is indexed: trimmed, full-width as half-width, capital letters."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def index(kind: str, value: Clear) -> str:
    """The blind index of one value: 64 hexadecimal digits. ``kind``: ``id``, ``account``, ``name``."""
    return index_many(kind, [value])[0] or ""


def index_many(kind: str, values: Iterable[Clear | None]) -> list[str | None]:
    """Blind indexes of many values; None stays None. About 2 s for 650,000."""
    start = _index_state(settings.YINGBAO_CRYPTO, kind)
    found: list[str | None] = []
    for value in values:
        if value is None:
            found.append(None)
            continue
        clear = value.reveal() if isinstance(value, Secret) else value
        # ASCII digits need no Unicode tables, and nearly all values are.
        plain = clear.strip().upper() if clear.isascii() else normalised(clear)
        run = start.copy()
        run.update(plain.encode())
        found.append(run.finalize().hex())
    return found


@lru_cache(maxsize=16)
def _index_state(profile: str, kind: str) -> HMAC:
    """An HMAC that has read the key and the kind, to be copied for each value."""
    state = HMAC(folder().key(INDEX), hashes.SM3() if profile == "guomi" else hashes.SHA256())
    state.update(f"{kind}:".encode())
    return state
