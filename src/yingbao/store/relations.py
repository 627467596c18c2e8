"""The relations that rules see, read from the store as known on a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl
from django.db.models import Q, Sum

from yingbao.ledger.postings import CONTRIBUTE, CREDIT_ACCOUNT
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts, empty
from yingbao.store import tables
from yingbao.store.models import Fact, JournalEntry, Posting
from yingbao.values.facts import FactKind
from yingbao.values.purpose import BUCKET_OF, Bucket, Item

OPENING_ACCOUNTS = "opening_accounts"
# The entries that fill individual accounts. Interest and charges in them are left out: rules derive both again.
CREDITING = (OPENING_ACCOUNTS, CONTRIBUTE.name, CREDIT_ACCOUNT.name)
_OPENING_ITEMS = 100  # items 101 to 108 are the opening balances by money source


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
        credits_of(pool, known_on, known_act, person_ids) if with_credits else pl.DataFrame(schema=CREDITS),
    )


def credits_of(
    pool: int, known_on: date, known_act: int | None = None, person_ids: Sequence[int] | None = None
) -> pl.DataFrame:
    """What came into individual accounts by then (CREDITS), from the journal: an entry is known on the day it is dated."""
    of = JournalEntry.objects.filter(pool=pool, kind__in=CREDITING, on__lte=known_on)
    if known_act is not None:  # so that a run of the past is derived again without what was booked after it
        of = of.filter(act_seq__lte=known_act)
    entries = {number: (kind, on) for number, kind, on in of.values_list("pk", "kind", "on")}
    if not entries:
        return pl.DataFrame(schema=CREDITS)
    chosen = Posting.objects.filter(entry_id__in=list(entries)).values_list(
        "entry_id", "person_id", "item", "from_month", "amount_fen", "credit")  # fmt: skip
    return credits_from(tables.read(chosen, person_ids), entries)


def credits_from(read: pl.DataFrame, entries: Mapping[int, tuple[str, date]]) -> pl.DataFrame:
    """Postings of crediting entries as CREDITS; ``entries``: entry → its kind and day.

    An opening balance stands on the last day of the month before the books began; all else is credited
    on the day it was booked.
    """
    if not entries:
        return empty(CREDITS)
    kind = pl.col("entry_id").replace_strict({one: word for one, (word, _) in entries.items()}, return_dtype=pl.String)
    booked = pl.col("entry_id").replace_strict({one: day for one, (_, day) in entries.items()}, return_dtype=pl.Date)
    opening = pl.col("item").is_between(_OPENING_ITEMS + 1, _OPENING_ITEMS + len(Bucket))
    month_end = pl.date(pl.col("from_month") // 12, pl.col("from_month") % 12 + 1, 1).dt.month_end()
    buckets = {int(item): int(bucket) for item, bucket in BUCKET_OF.items() if item is not Item.INTEREST}
    of_opening = {_OPENING_ITEMS + int(bucket): int(bucket) for bucket in Bucket}
    sign = pl.when(kind == OPENING_ACCOUNTS).then(1).otherwise(pl.when(pl.col("credit").is_in(_FILLED)).then(1).otherwise(-1))
    found = read.select(
        "person_id",
        pl.col("item").cast(pl.Int64).replace_strict({**buckets, **of_opening}, default=None, return_dtype=pl.Int8).alias("bucket"),
        pl.when(opening).then(0).otherwise(pl.col("item")).cast(pl.Int16).alias("item"),
        (pl.col("from_month") // 12).cast(pl.Int32).alias("year"),
        pl.when(opening).then(month_end).otherwise(booked).alias("day"),
        (pl.col("amount_fen") * sign).cast(pl.Int64).alias("fen"),
    )
    return found.filter(pl.col("bucket").is_not_null())


# A posting that fills an account credits one of these; the same pair turned round takes the credit back.
_FILLED = sorted({credit for kind in (CONTRIBUTE, CREDIT_ACCOUNT) for _, credit in kind.sides.values()})


def accounts(
    pool: int, day: date, known_act: int | None = None, person_ids: Sequence[int] | None = None
) -> pl.DataFrame:
    """The account that each person's money goes to on a day: ``person_id, fact_id, secret, holder``.

    The latest told; a payee's (an heir, another office) stands before one's own. ``holder``: the payee, else null.
    """
    kinds = [FactKind.BANK_ACCOUNT, FactKind.PAYEE_ACCOUNT]
    known = tables.facts(pool, day, known_act, kinds=kinds, person_ids=person_ids)
    open_then = known.filter(pl.col("holds_until").is_null() | (pl.col("holds_until") >= day))
    payee = pl.col("kind") == int(FactKind.PAYEE_ACCOUNT)
    latest = open_then.sort(payee, "fact_id").unique("person_id", keep="last").select(
        "person_id", "fact_id", pl.when(payee).then(pl.col("value")).alias("holder"))  # fmt: skip
    sealed = tables.read(Fact.objects.filter(pool=pool, kind__in=[int(kind) for kind in kinds]).values_list(
        "id", "person_id", "secret"), person_ids).rename({"id": "fact_id"})  # fmt: skip
    return latest.join(sealed.select("fact_id", "secret"), on="fact_id")


def balance_of(pool: int, person_id: int, account: int) -> int:
    """The balance of one account for one person, debit less credit, in fen."""
    entries = list(JournalEntry.objects.filter(pool=pool).values_list("pk", flat=True))
    mine = Posting.objects.filter(entry_id__in=entries, person_id=person_id)
    sides = mine.aggregate(debit=Sum("amount_fen", filter=Q(debit=account)), credit=Sum("amount_fen", filter=Q(credit=account)))
    return int(sides["debit"] or 0) - int(sides["credit"] or 0)

