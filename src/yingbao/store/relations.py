"""The relations that rules see, read from the store as known on a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl
from django.db.models import Q, Sum

from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts
from yingbao.store import tables
from yingbao.store.models import Fact, JournalEntry, Posting
from yingbao.values.facts import FactKind

_ACCOUNT_BUCKETS = (910_101, 910_199)  # memo accounts of the chart: individual accounts by money source
_PROXY_INCOME = 410_103
OPENING_ACCOUNTS, CONTRIBUTE = "opening_accounts", "contribute"


def relations(
    pool: int,
    known_on: date,
    known_act: int | None = None,
    person_ids: Sequence[int] | None = None,
    kinds: Iterable[FactKind] | None = None,
    *,
    with_credits: bool = True,
) -> Facts:
    """Persons, facts and account credits as known: what every derivation starts from.

    ``kinds`` and ``with_credits`` leave out what a derivation does not read: reading is most of its time.
    """
    facts = tables.facts(pool, known_on, known_act, kinds, person_ids)
    persons = tables.persons_of(facts, known_on)
    return Facts(
        persons.select(pl.col(name).cast(kind) for name, kind in PERSONS.items()),
        facts.select(pl.col(name).cast(kind) for name, kind in FACTS.items()),
        credits_of(pool, person_ids, known_act) if with_credits else pl.DataFrame(schema=CREDITS),
    )


def credits_of(pool: int, person_ids: Sequence[int] | None = None, known_act: int | None = None) -> pl.DataFrame:
    """What came into individual accounts by then: ``person_id, month, fen`` (CREDITS), from the journal."""
    of = JournalEntry.objects.filter(pool=pool, kind__in=(OPENING_ACCOUNTS, CONTRIBUTE))
    if known_act is not None:  # so that a run of the past is derived again without what was booked after it
        of = of.filter(act_seq__lte=known_act)
    entries = list(of.values_list("pk", "kind", "on"))
    if not entries:
        return pl.DataFrame(schema=CREDITS)
    chosen = Posting.objects.filter(entry_id__in=[number for number, _, _ in entries]).values_list(
        "entry_id", "person_id", "amount_fen", "credit", "from_month")  # fmt: skip
    booked = {number: on.year * 12 + on.month - 1 for number, kind, on in entries if kind == CONTRIBUTE}
    return credits_from(tables.read(chosen, person_ids), booked)


def credits_from(read: pl.DataFrame, booked: dict[int, int]) -> pl.DataFrame:
    """Postings of opening accounts and contributions as CREDITS; ``booked``: contribution entry → its month."""
    # A contribution of a year counts from the month in which it was booked, not from January.
    month = pl.col("entry_id").replace_strict(booked, default=None, return_dtype=pl.Int32)
    came_in = pl.col("credit").is_between(*_ACCOUNT_BUCKETS) | (pl.col("credit") == _PROXY_INCOME)
    sign = pl.when(came_in).then(1).otherwise(-1)
    return read.select("person_id", pl.coalesce(month, pl.col("from_month")).cast(pl.Int32).alias("month"),
                       (pl.col("amount_fen") * sign).cast(pl.Int64).alias("fen"))  # fmt: skip


def accounts(pool: int, day: date, person_ids: Sequence[int] | None = None) -> pl.DataFrame:
    """The account that each person's pension goes to on a day: ``person_id, fact_id, secret``, the latest told."""
    known = tables.facts(pool, day, kinds=[FactKind.BANK_ACCOUNT], person_ids=person_ids)
    open_then = known.filter(pl.col("holds_until").is_null() | (pl.col("holds_until") >= day))
    latest = open_then.sort("fact_id").unique("person_id", keep="last").select("person_id", "fact_id")
    sealed = tables.read(Fact.objects.filter(pool=pool, kind=int(FactKind.BANK_ACCOUNT)).values_list(
        "id", "person_id", "secret"), person_ids).rename({"id": "fact_id"})  # fmt: skip
    return latest.join(sealed.select("fact_id", "secret"), on="fact_id")


def balance_of(pool: int, person_id: int, account: int) -> int:
    """The balance of one account for one person, debit less credit, in fen."""
    entries = list(JournalEntry.objects.filter(pool=pool).values_list("pk", flat=True))
    mine = Posting.objects.filter(entry_id__in=entries, person_id=person_id)
    sides = mine.aggregate(debit=Sum("amount_fen", filter=Q(debit=account)), credit=Sum("amount_fen", filter=Q(credit=account)))
    return int(sides["debit"] or 0) - int(sides["credit"] or 0)

