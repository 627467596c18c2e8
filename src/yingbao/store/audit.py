"""The audit log: one hash chain a pool, whose head can be kept elsewhere.

``hash`` is ``<algorithm>:<hex>`` over the canonical JSON of all other columns, the previous hash among
them. Locking the head is also how the acts of one pool stand in line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import F, TextField
from django.db.models.functions import Cast

from yingbao.store.errors import HeadUnreadable, NotInATransaction
from yingbao.store.models import AuditEvent, AuditHead

_ALGORITHM = {"intl": "sha256", "guomi": "sm3"}
_START = {name: hashlib.new(name) for name in _ALGORITHM.values()}  # copied: a new one costs more than the hashing
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_COLUMNS = ("pool", "seq", "recorded_at", "on", "officer_id", "verb", "subject", "summary", "previous_hash")
_HEAD = re.compile(r"(\d{6})#(\d+)#((?:sha256|sm3):[0-9a-f]{64})")


@dataclass(frozen=True)
class Head:
    """Where a chain stands. ``seq`` 0 and hash ``""`` before the first event. Keep its text off the machine."""

    pool: int
    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.pool}#{self.seq}#{self.hash}"


@dataclass(frozen=True)
class Broken:
    """The first event of a chain that is not as it was written, and why (a reason code and a sentence)."""

    seq: int
    reason: str
    zh: str

    def __str__(self) -> str:
        return str(self.seq)


_WHY = {
    "missing": "缺少这一条记录",
    "link": "与上一条记录不衔接",
    "content": "内容与其校验值不符",
    "tail": "链的末尾被截断或改写",
    "head": "链头与最后一条记录不符",
}


def _broken(seq: int, reason: str) -> Broken:
    return Broken(seq, reason, _WHY[reason])


def lock(pool: int) -> Head:
    """Stand in line: hold the pool until the transaction ends, and say where its chain stands.

    Raises NotInATransaction. On SQLite the transaction itself (IMMEDIATE) is the lock.
    """
    if not connection.in_atomic_block:
        raise NotInATransaction(table="store_audithead")
    query = AuditHead.objects.select_for_update().filter(pool=pool)
    found = query.first()
    if found is None:
        AuditHead.objects.bulk_create([AuditHead(pool=pool, seq=0, hash="")], ignore_conflicts=True)
        found = query.get()
    return Head(pool, found.seq, found.hash)


def append(
    head: Head,
    *,
    on: date,
    officer_id: int,
    verb: str,
    subject: str,
    summary: Mapping[str, Any],
    recorded_at: datetime | None = None,
) -> Head:
    """Write the event after ``head`` (from :func:`lock`, in the same transaction); the new head.

    ``on`` is the business date, ``recorded_at`` the moment (default: now, UTC). The event's number is the act's
    ``act_seq``: ``head.seq + 1``. Never put an ID or account number in ``summary``.
    """
    moment = (recorded_at or datetime.now(UTC)).astimezone(UTC)
    event = AuditEvent(
        pool=head.pool,
        seq=head.seq + 1,
        recorded_at=moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        on=on,
        officer_id=officer_id,
        verb=verb,
        subject=subject,
        summary=canonical(summary),
        previous_hash=head.hash,
    )
    values = [event.on.isoformat() if name == "on" else getattr(event, name) for name in _COLUMNS]
    event.hash = _hash(_ALGORITHM[settings.YINGBAO_CRYPTO], values)
    event.save(force_insert=True)
    AuditHead.objects.filter(pool=head.pool).update(seq=event.seq, hash=event.hash)
    return Head(head.pool, event.seq, event.hash)


def head(pool: int) -> Head:
    """Where the chain stands, to be kept off the database: with it a cut tail is found."""
    found = AuditHead.objects.filter(pool=pool).first()
    return Head(pool, found.seq, found.hash) if found else Head(pool, 0, "")


def kept_head(text: str, pool: int) -> Head:
    """Read what ``str`` of a head wrote, kept elsewhere. Raises HeadUnreadable, also for another pool's."""
    found = _HEAD.fullmatch(text.strip())
    if found is None or int(found[1]) != pool:
        raise HeadUnreadable(text=text, pool=pool)
    return Head(pool, int(found[2]), found[3])


def verify(pool: int, exported: Head | None = None) -> Broken | None:
    """Walk the chain from its beginning; the first broken event, or None.

    ``exported``: a head kept elsewhere; the event it names must still be there and the same.
    About 1.5 s for 200,000 events.
    """
    try:
        return _walk(pool, exported, _rows(pool))
    except OperationalError:  # bytes that are no text: read again, more slowly, so as to name the event
        return _walk(pool, exported, _damaged_rows(pool))


def _walk(pool: int, exported: Head | None, rows: Iterable[tuple[Any, ...]]) -> Broken | None:
    seq, previous = 0, ""
    met = exported is None or exported.seq == 0
    for *row, stored in rows:
        seq += 1
        if reason := _wrong(row, stored, seq, previous):
            return _broken(seq, reason)
        if exported is not None and seq == exported.seq:
            if stored != exported.hash:
                return _broken(seq, "tail")
            met = True
        previous = stored
    if not met:
        return _broken(seq + 1, "tail")
    stands = head(pool)
    return None if (stands.seq, stands.hash) == (seq, previous) else _broken(max(seq, 1), "head")


def _wrong(row: list[Any], stored: str, seq: int, previous: str) -> str | None:
    """A reason code if this is not the event that belongs here. Columns in the order of _COLUMNS."""
    if row[1] != seq:
        return "missing"
    if row[-1] != previous:
        return "link"
    try:
        algorithm = stored.partition(":")[0]
        sound = algorithm in _START and _hash(algorithm, row) == stored
    except TypeError:  # SQLite lets bytes stand where a number belongs
        sound = False
    return None if sound else "content"


def canonical(value: Mapping[str, Any] | list[Any]) -> str:
    """JSON with sorted keys and no spaces: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _hash(algorithm: str, values: list[Any]) -> str:
    digest = _START[algorithm].copy()
    digest.update(_compact(values).encode("utf-8", "surrogateescape"))
    return f"{algorithm}:{digest.hexdigest()}"


def _rows(pool: int) -> Iterator[tuple[Any, ...]]:
    """All columns and the hash, exactly as stored: a driver that parses dates would hide a flipped byte."""
    day_text = Cast(F("on"), TextField())
    names = ("day_text" if name == "on" else name for name in (*_COLUMNS, "hash"))
    query = AuditEvent.objects.filter(pool=pool).order_by("seq").annotate(day_text=day_text).values_list(*names)
    yield from query.iterator(chunk_size=20_000)


def _damaged_rows(pool: int) -> Iterator[tuple[Any, ...]]:
    """As _rows, of a SQLite file in which some text is no UTF-8 any more."""
    driver = connection.connection
    usual = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield from _rows(pool)
    finally:
        driver.text_factory = usual
