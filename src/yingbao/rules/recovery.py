"""追回: what a person owes back, what is set off against it, and what is given up.

What was paid and is owed no more becomes a receivable, purpose by purpose. It is taken first out of money that the
person (or his heirs) would now get, in the order of a dated parameter; the rest is asked back, or written off by two
officers. Every figure here follows from the books and from facts: nothing remembers a state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts, empty, month_number
from yingbao.values.facts import FactKind
from yingbao.values.money import Fen
from yingbao.values.month import FOREVER, Month
from yingbao.values.purpose import MONTHLY, Item
from yingbao.values.steps import add_steps, to_spans, to_steps

ORDER = "recovery/set_off_order"
# The last is another office's money: no run can take it, that office is asked to (:func:`asked_of_the_other_office`).
SOURCES = ("account_balance", "funeral_grant", "repayment_plan", "employee_pension")
_ITEMS_OF = {
    "account_balance": {int(Item.ACCOUNT_REFUND)}, "funeral_grant": {int(Item.FUNERAL_GRANT)},
    "repayment_plan": {int(item) for item in MONTHLY}, "employee_pension": set[int](),
}  # fmt: skip
KEYS = ("person_id", "item")
# Postings of the receivable: SPANS, their amount and the kind of their entry.
MOVES = {**SPANS, "amount_fen": pl.Int64, "kind": pl.String}
OWED = {"person_id": pl.Int64, "fen": pl.Int64}
RAISED, RESTORED, WITHDRAWN = "reclass_to_recover", "claim_restored", "write_off_withdrawn"
RAISES = (RAISED, RESTORED, WITHDRAWN)
LOWERS = ("set_off", "repay", "write_off")
# The plan of people who have agreed to one: months and fen a month.
PLAN = {"person_id": pl.Int64, "from_month": pl.Int32, "until_month": pl.Int32, "monthly_fen": pl.Int64}


def outstanding(moves: pl.DataFrame) -> pl.DataFrame:
    """What each person still owes back: OWED, above zero. ``moves``: MOVES."""
    sign = pl.when(pl.col("kind").is_in(RAISES)).then(1).otherwise(-1)
    summed = moves.group_by("person_id").agg((pl.col("amount_fen") * sign).sum().alias("fen"))
    return summed.filter(pl.col("fen") > 0).sort("person_id").cast(OWED)  # type: ignore[arg-type]


def behind(moves: pl.DataFrame) -> pl.DataFrame:
    """The purposes that were overpaid and neither restored nor given up: SPANS, above zero.

    What was set off against another purpose, or came back in cash, is not taken off: it is known of the person only.
    """
    return _by_purpose(moves, RAISES, ("set_off", "write_off"))


def given_up(moves: pl.DataFrame) -> pl.DataFrame:
    """The overpaid purposes that were given up and stay so: SPANS, above zero."""
    return _by_purpose(moves, ("write_off",), (RESTORED, WITHDRAWN))


def _by_purpose(moves: pl.DataFrame, adds: Sequence[str], takes_off: Sequence[str]) -> pl.DataFrame:
    kept = moves.filter(pl.col("item").is_in([int(item) for item in Item]) & pl.col("kind").is_in([*adds, *takes_off]))
    sign = pl.when(pl.col("kind").is_in(list(adds))).then(1).otherwise(-1)
    signed = kept.with_columns(pl.col("monthly_fen") * sign)
    spans = to_spans(add_steps([to_steps(signed, KEYS, "monthly_fen")], KEYS, "monthly_fen"), KEYS, "monthly_fen")
    return spans.filter(pl.col("monthly_fen") > 0).select(pl.col(name).cast(kind) for name, kind in SPANS.items())


def plans(facts: Facts) -> pl.DataFrame:
    """The agreed instalments: PLAN, the latest told of a person, from the month of its first day to that of its last."""
    told = facts.of(FactKind.RECOVERY_PLAN).filter(pl.col("number") > 0).sort("fact_id")
    latest = told.unique("person_id", keep="last", maintain_order=True)
    return latest.select(
        "person_id", month_number("holds_from").alias("from_month"),
        (month_number("holds_until") + 1).fill_null(FOREVER).clip(upper_bound=FOREVER).cast(pl.Int32).alias("until_month"),
        pl.col("number").alias("monthly_fen"),
    )  # fmt: skip


@dataclass
class _Debtor:
    """One person: ``owed`` fen in all; ``there``: the overpaid purposes by (item, month); ``plan``: (from, until, fen)."""

    owed: Fen
    there: dict[tuple[int, Month], Fen] = field(default_factory=dict)
    plan: tuple[Month, Month, Fen] = (0, 0, 0)
    used: dict[Month, Fen] = field(default_factory=dict)

    def take(self, fen: Fen) -> Fen:
        """Take up to ``fen`` off what is owed; how much."""
        taken = min(fen, self.owed)
        self.owed -= taken
        return taken

    def restored(self, item: int, month: Month, fen: Fen) -> Fen:
        """The part of a payment that the person has already: it was asked back from this very purpose and never came."""
        return self.take(min(fen, self.there.get((item, month), 0)))

    def instalment(self, month: Month, fen: Fen) -> Fen:
        """The part of a month's pension that the plan lets be taken."""
        start, end, monthly = self.plan
        if not start <= month < end:
            return 0
        taken = self.take(min(fen, monthly - self.used.get(month, 0)))
        self.used[month] = self.used.get(month, 0) + taken
        return taken


def restored_claims(waiting: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """What of ``waiting`` (SPANS) the person has already, for it was paid once, asked back and given up: SPANS.

    He has it: so it is no claim that was given up, and is not paid a second time.
    """
    lost = _by_month(given_up(moves))
    if not lost:
        return empty(SPANS)
    owing = _by_month(behind(moves))
    rows = []
    for person, item, start, end, fen in waiting.filter(pl.col("person_id").is_in({one for one, _, _ in lost})).select(*SPANS).iter_rows():
        for month in range(start, end):
            purpose = person, item, month
            part = min(fen - owing.get(purpose, 0), lost.get(purpose, 0))
            if part > 0:
                rows.append((*purpose, month + 1, part))
    return _joined(pl.DataFrame(rows, schema=SPANS, orient="row"))


def with_restored(moves: pl.DataFrame, restored: pl.DataFrame) -> pl.DataFrame:
    """MOVES with what :func:`restored_claims` found (SPANS) as if it were booked."""
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    booked = restored.with_columns((pl.col("monthly_fen") * months).alias("amount_fen"), pl.lit(RESTORED).alias("kind"))
    return pl.concat([moves.select(*MOVES), booked.select(pl.col(name).cast(kind) for name, kind in MOVES.items())])


def _by_month(spans: pl.DataFrame) -> dict[tuple[int, int, Month], Fen]:
    return {(person, item, month): fen for person, item, start, end, fen in spans.select(*SPANS).iter_rows()
            for month in range(start, end)}  # fmt: skip


def set_off(waiting: pl.DataFrame, recovering: pl.DataFrame, moves: pl.DataFrame, facts: Facts, law: Law) -> pl.DataFrame:
    """What of ``waiting`` is taken to settle what the same person owes: SPANS, each within a span of ``waiting``.

    ``waiting``: payments (SPANS with ``ready``: not held); ``recovering``: what this run finds overpaid (SPANS, below
    zero); ``moves``: MOVES so far. First a purpose's own money that is still with the person; then by the dated order:
    the account's balance, the funeral grant, later pensions up to the agreed plan. A pension that is held is left alone.
    """
    order = law.words_among(ORDER, SOURCES)
    debtors = _debtors(recovering, moves, facts)
    mine = waiting.filter(pl.col("person_id").is_in(list(debtors)))
    if mine.is_empty():
        return empty(SPANS)
    months = [(row["person_id"], row["item"], month, row["monthly_fen"], row["ready"])
              for row in mine.sort("person_id", "item", "from_month").iter_rows(named=True)
              for month in range(row["from_month"], row["until_month"])]  # fmt: skip
    rows = [(person, item, month, month + 1, fen) for (person, item, month), fen in _taken(months, debtors, order).items() if fen]
    return _joined(pl.DataFrame(rows, schema=SPANS, orient="row"))


def _debtors(recovering: pl.DataFrame, moves: pl.DataFrame, facts: Facts) -> dict[int, _Debtor]:
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    now = recovering.group_by("person_id").agg((-pl.col("monthly_fen") * months).sum().alias("fen"))
    owed = pl.concat([outstanding(moves), now.select(*OWED)]).group_by("person_id").agg(pl.col("fen").sum())
    found = {person: _Debtor(fen) for person, fen in owed.sort("person_id").iter_rows()}
    for person, item, start, end, fen in behind(moves).select(*SPANS).iter_rows():
        if person in found:
            found[person].there.update({(item, month): fen for month in range(start, end)})
    for person, start, end, fen in plans(facts).select(*PLAN).iter_rows():
        if person in found:
            found[person].plan = (start, end, fen)
    return found


_Month = tuple[int, int, Month, Fen, bool]


def _taken(months: Sequence[_Month], debtors: Mapping[int, _Debtor], order: Sequence[str]) -> dict[tuple[int, int, Month], Fen]:
    """What is taken of each person's item and month, step by step of the order."""
    taken: dict[tuple[int, int, Month], Fen] = {}
    for person, item, month, fen, _ready in months:
        taken[person, item, month] = debtors[person].restored(item, month, fen)
    for source in order:
        for person, item, month, fen in _of_source(months, source):
            left = fen - taken[person, item, month]
            by_plan = source == "repayment_plan"
            taken[person, item, month] += debtors[person].instalment(month, left) if by_plan else debtors[person].take(left)
    return taken


def _of_source(months: Sequence[_Month], source: str) -> Iterator[tuple[int, int, Month, Fen]]:
    for person, item, month, fen, ready in months:
        if item in _ITEMS_OF[source] and (ready or source != "repayment_plan"):
            yield person, item, month, fen


def asked_of_the_other_office(owed: pl.DataFrame, waiting: pl.DataFrame, facts: Facts, law: Law) -> pl.DataFrame:
    """What the office that pays the employee or civil-service pension may be asked to take off it: OWED, above zero.

    人社部发〔2014〕17号 重复领取: of people whose relation is ended because that pension is theirs, what they owe (``owed``:
    OWED) and the money that comes before it in the order (``waiting``: ``person_id, item, fen``) does not settle. Nobody,
    where recovery/set_off_order does not name it.
    """
    order = law.words_among(ORDER, SOURCES)
    if "employee_pension" not in order:
        return empty(OWED)
    before = order[: order.index("employee_pension")]
    ours = {item for source in before if source != "repayment_plan" for item in _ITEMS_OF[source]}
    first = waiting.filter(pl.col("item").is_in(sorted(ours)))
    own = first.group_by("person_id").agg(pl.col("fen").sum().alias("own"))
    stands = pl.col("holds_until").is_null()
    ended = facts.of(FactKind.RELATION_ENDED, values=("double_receipt",)).filter(stands)
    drawing = facts.of(FactKind.OTHER_PENSION).filter(stands)
    both = owed.join(ended, on="person_id", how="semi").join(drawing, on="person_id", how="semi").join(own, on="person_id", how="left")
    left = both.select("person_id", (pl.col("fen") - pl.col("own").fill_null(0)).alias("fen"))
    return left.filter(pl.col("fen") > 0).sort("person_id").cast(OWED)  # type: ignore[arg-type]


def _joined(spans: pl.DataFrame) -> pl.DataFrame:
    """Touching months of one amount as one span (SPANS)."""
    found = to_spans(add_steps([to_steps(spans, KEYS, "monthly_fen")], KEYS, "monthly_fen"), KEYS, "monthly_fen")
    return found.select(pl.col(name).cast(kind) for name, kind in SPANS.items())


def less(spans: pl.DataFrame, taken: pl.DataFrame) -> pl.DataFrame:
    """Spans (SPANS) without what was taken of them: SPANS. Those of people of whom nothing was taken stay as they are."""
    if taken.is_empty():
        return spans
    others = spans.join(taken, on="person_id", how="anti")
    mine = spans.join(taken, on="person_id", how="semi")
    both = [to_steps(mine, KEYS, "monthly_fen"), to_steps(taken.with_columns(-pl.col("monthly_fen")), KEYS, "monthly_fen")]
    left = to_spans(add_steps(both, KEYS, "monthly_fen"), KEYS, "monthly_fen")
    return pl.concat([others, left.select(pl.col(name).cast(kind) for name, kind in SPANS.items())])


def written_off(facts: Facts, moves: pl.DataFrame) -> pl.DataFrame:
    """What is to be given up and is not yet: SPANS of overpaid purposes, the latest months first.

    As decided (facts) less what was written off, never above what the person still owes. A decision is used up once.
    """
    left = _decided_and_done(facts, moves).join(outstanding(moves), on="person_id").select(
        "person_id", pl.min_horizontal("fen", pl.col("decided") - pl.col("done")).alias("left"))  # fmt: skip
    return _out_of(behind(moves), left, latest_first=True)


def withdrawn_write_offs(facts: Facts, moves: pl.DataFrame) -> pl.DataFrame:
    """What was given up by decisions that were withdrawn since, and is owed back again: SPANS, the earliest months first."""
    left = _decided_and_done(facts, moves).select("person_id", (pl.col("done") - pl.col("decided")).alias("left"))
    return _out_of(given_up(moves), left, latest_first=False)


def _decided_and_done(facts: Facts, moves: pl.DataFrame) -> pl.DataFrame:
    """``person_id, decided, done`` fen of write-offs."""
    decided = facts.of(FactKind.WRITE_OFF).group_by("person_id").agg(pl.col("number").sum().alias("decided"))
    sign = pl.when(pl.col("kind") == "write_off").then(1).otherwise(-1)
    booked = moves.filter(pl.col("kind").is_in(["write_off", WITHDRAWN]))
    done = booked.group_by("person_id").agg((pl.col("amount_fen") * sign).sum().alias("done"))
    return decided.join(done, on="person_id", how="full", coalesce=True).with_columns(pl.col("decided", "done").fill_null(0))


def _out_of(purposes: pl.DataFrame, wanted: pl.DataFrame, *, latest_first: bool) -> pl.DataFrame:
    """So much of each person's purposes (SPANS), month by month: SPANS. ``wanted``: ``person_id, left``."""
    rows = []
    for person, fen in wanted.filter(pl.col("left") > 0).sort("person_id").iter_rows():
        rest = fen
        mine = _by_month(purposes.filter(pl.col("person_id") == person))
        for _, item, month in sorted(mine, key=lambda purpose: (purpose[2], purpose[1]), reverse=latest_first):
            part = min(mine[person, item, month], rest)
            rest -= part
            if part:
                rows.append((person, item, month, month + 1, part))
    return _joined(pl.DataFrame(rows, schema=SPANS, orient="row"))
