"""Which secret is sealed for which column: the few values in the store that are personal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from yingbao.store import secrets
from yingbao.values.identity import AccountNumber, IdNumber

_ID = ("store_person", "id_cipher")
_ACCOUNT = ("store_fact", "secret")
_CELLS = ("store_sourceblock", "cipher")


def index_of_id(number: IdNumber) -> str:
    """The blind index of an ID number."""
    return secrets.index("id", number)


def indexes_of_ids(clear: Sequence[str]) -> list[str]:
    """The blind indexes of ID numbers in clear."""
    return [found or "" for found in secrets.index_many("id", clear)]


def seal_ids(clear: Sequence[str], person_ids: Sequence[int]) -> list[str]:
    """ID numbers sealed for their persons."""
    return [found or "" for found in secrets.seal_many(*_ID, person_ids, clear)]


def open_ids(sealed: Sequence[str], person_ids: Sequence[int]) -> list[str]:
    """ID numbers in clear: for matching in memory and for the bank."""
    return [found or "" for found in secrets.unseal_many(*_ID, person_ids, sealed)]


def seal_account(account: AccountNumber, person_id: int) -> str:
    """An account number sealed for its person."""
    return secrets.seal(*_ACCOUNT, person_id, account)


def index_of_account(account: AccountNumber) -> str:
    """The blind index of an account number."""
    return secrets.index("account", account)


def seal_accounts(clear: Sequence[str], person_ids: Sequence[int]) -> list[str]:
    """Account numbers sealed for their persons."""
    return [found or "" for found in secrets.seal_many(*_ACCOUNT, person_ids, clear)]


def indexes_of_accounts(clear: Sequence[str]) -> list[str]:
    """The blind indexes of account numbers in clear."""
    return [found or "" for found in secrets.index_many("account", clear)]


def open_accounts(sealed: Sequence[str], person_ids: Sequence[int]) -> list[str]:
    """Account numbers in clear: for the bank file, nowhere else."""
    return [found or "" for found in secrets.unseal_many(*_ACCOUNT, person_ids, sealed)]


def seal_cells(cells: Sequence[Any], file_id: int) -> str:
    """Raw cells of a block of records, compressed and sealed."""
    return secrets.seal_block(*_CELLS, file_id, json.dumps(cells, ensure_ascii=False, default=str).encode())


def open_cells(sealed: str, file_id: int) -> Any:
    """The raw cells of a block."""
    return json.loads(secrets.unseal_block(*_CELLS, file_id, sealed))
