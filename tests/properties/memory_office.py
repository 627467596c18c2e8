"""An office without a database: the same rules, runs and bookings, its journal a list of frames.

What acts do one by one with officers and transactions is done here in a line each; the bank's answers
are random. Everything that computes or books is the program's own.

The day on which money is credited is a fact of the books, not of the people: interest rests on it. So
that offices can be compared, everything counts here as credited at the end of its year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import polars as pl
from random_histories import FIRST_DAY, OPENING_MONTH, STATEMENT_FROM, Life, Telling, Truth

from yingbao.engine import derive
from yingbao.engine.lines import LineClass, content_hash
from yingbao.ledger import postings
from yingbao.ledger.chart import IN_TRANSIT, OPENING_COUNTERPART, PAYABLE, PAYOUT_BANK, RECEIVABLE, load_chart
from yingbao.ledger.checks import individual_accounts
from yingbao.policy.tree import load
from yingbao.rules import recovery
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, SPANS, STEPS, Facts
from yingbao.store import done, relations, tables
from yingbao.store.books import Book
from yingbao.values.facts import FactKind
from yingbao.values.month import last_day, month_of_date
from yingbao.values.purpose import ITEM_BY_KEY, Bucket
from yingbao.values.steps import add_steps, to_steps

POOL = 320682
KEYS = ("person_id", "item")
TOLD = {**FACTS, "told_at": pl.Date}
CHANGES = {"id": pl.Int64, "fact_id": pl.Int64, "change": pl.String, "holds_until": pl.Date, "act_seq": pl.Int64,
           "told_at": pl.Date}  # fmt: skip
OPENING = Opening(OPENING_MONTH, STATEMENT_FROM)
BATCH_DAYS = (Snapshot(2018, date(2018, 11, 30)), Snapshot(2018, date(2018, 12, 31)), Snapshot(2019, date(2019, 12, 31)))
RATES = {date(2018, 1, 1): "135", date(2019, 1, 1): "148", date(2020, 1, 1): "160"}
INTEREST = {date(2018, 1, 1): "8.29", date(2019, 1, 1): "7.61", date(2020, 1, 1): "6.04"}
LINE = ["person_id", "item", "from_month", "until_month", "monthly_fen"]


def come_by(day: date) -> list[Snapshot]:
    """The batch days that have come."""
    return [one for one in BATCH_DAYS if one.day <= day]


def law(rates: Iterable[date] = tuple(RATES)) -> object:
    """The shipped law with the base pensions and crediting rates of some years: what is not yet announced is not there."""
    known = {"benefit/base_pension": RATES, "account/crediting_rate": {date(2010, 1, 1): "3.50", **INTEREST}}
    hidden = set(RATES) - set(rates)
    return load(region="rugao").in_force(None, {
        name: {day: value for day, value in dated.items() if day not in hidden} for name, dated in known.items()})  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A payroll that was made: what was known (rows told, changes, entries of the journal), its law, its lines."""

    day: date
    in_force: object
    told: int
    changes: int
    entries: int
    content_hash: str


@dataclass
class Office:
    """The books and what was told. ``entries`` counts; ``journal`` holds postings with their kind."""

    told: pl.DataFrame
    changes: pl.DataFrame
    balances: pl.DataFrame
    rng: Random
    journal: list[pl.DataFrame] = field(default_factory=list)
    steps: dict[Book, pl.DataFrame] = field(default_factory=lambda: {book: pl.DataFrame(schema=STEPS) for book in Book})
    waiting: list[pl.DataFrame] = field(default_factory=list)
    mended: set[int] = field(default_factory=set)
    made: list[Made] = field(default_factory=list)

    # What is known.

    def tell(self, truths: Iterable[Truth], day: date) -> None:
        """More facts, told on a day, numbered after all that was told before."""
        first = int(self.told["fact_id"].max() or 0) + 1
        rows = [(*_row(truth), number, day) for number, truth in enumerate(truths, start=first)]
        self.told = pl.concat([self.told, pl.DataFrame(rows, schema=TOLD, orient="row")])

    def facts(self, day: date, then: Made | None = None) -> Facts:
        """The relations as known on a day (``then``: to a run that was made), by the store's own functions."""
        told, changes = (self.told, self.changes) if then is None else (self.told.head(then.told), self.changes.head(then.changes))
        known = tables.apply_changes(told.filter(pl.col("told_at") <= day), changes.filter(pl.col("told_at") <= day))
        births = tables.persons_of(known, day).select(pl.col(name).cast(kind) for name, kind in PERSONS.items())
        return Facts(births, known.select(*FACTS), self.credits(None if then is None else then.entries))

    def credits(self, entries: int | None = None) -> pl.DataFrame:
        """What came into accounts: CREDITS, by the store's own function, each at the end of its year."""
        of = [one for one in self.journal[:entries] if one["kind"][0] in relations.CREDITING]
        if not of:
            return self.balances
        posted = pl.concat(of)
        days = {number: (kind, FIRST_DAY) for number, kind in posted.select("entry_id", "kind").unique().iter_rows()}
        booked = relations.credits_from(posted, days).with_columns(pl.date(pl.col("year"), 12, 31).alias("day"))
        return pl.concat([self.balances, booked.select(pl.col(name).cast(kind) for name, kind in CREDITS.items())])

    # Runs. Each gives the number of postings it made.

    def payroll(self, day: date, in_force: object) -> int:
        """Everything owed through the month of the day."""
        known, month = self.facts(day), month_of_date(day)
        found = derive.payroll(known, self.steps[Book.RECOGNISED], in_force, OPENING, month, come_by(day))
        self.made.append(Made(day, in_force, self.told.height, self.changes.height, len(self.journal), content_hash(found)))
        return self.book(postings.RECOGNISE, found.select(LINE))

    def proxy(self, day: date, in_force: object) -> int:
        """The contributions of all batch days that have come."""
        if not come_by(day):
            return 0
        found = derive.proxy(self.facts(day), self.steps[Book.RECOGNISED], in_force, OPENING, come_by(day))
        return self.book(postings.CONTRIBUTE, found.select(LINE))

    def account(self, day: date, in_force: object) -> int:
        """Everything that moves individual accounts through the month of the day."""
        over = month_of_date(day + timedelta(days=1))
        found = derive.account(self.facts(day), self.steps[Book.RECOGNISED], in_force, OPENING, month_of_date(day), over, come_by(day))
        return self.book(postings.CREDIT_ACCOUNT, found.select(LINE))

    def again(self, made: Made) -> str:
        """The content hash of a payroll derived again from what was known then."""
        moved = self.journal[: made.entries]
        steps = [done.steps_of(one, Book.RECOGNISED) for one in moved]
        before = add_steps(steps, KEYS, "monthly_fen") if moved else pl.DataFrame(schema=STEPS)
        month = month_of_date(made.day)
        return content_hash(derive.payroll(self.facts(made.day, made), before, made.in_force, OPENING, month, come_by(made.day)))

    def disburse(self, day: date, in_force: object) -> int:
        """Pay what is booked, not paid and not held; make a claim of what was paid too much, and set off what may be."""
        law = Law(in_force, OPENING.statement_from, month_of_date(day) + 1)
        steps = self.steps[Book.RECOGNISED], self.steps[Book.DISBURSED]
        found = derive.disbursement(self.facts(day), *steps, day, law, OPENING, self.claims())
        pay = derive.of_class(found, LineClass.PAY)
        if pay.height:
            self.waiting.append(pay)
        parts = ((postings.RECLASS_TO_RECOVER, LineClass.RECOVER), (postings.SET_OFF, LineClass.SET_OFF))
        made = [self.book(kind, derive.of_class(found, one).select(LINE)) for kind, one in parts]
        return sum(made) + self.book(postings.INSTRUCT, pay.select(LINE))

    def claims(self) -> pl.DataFrame:
        """What moved the receivable so far: ``recovery.MOVES``."""
        moved = [one for one in self.journal if one["kind"][0] in (recovery.RAISES, *recovery.LOWERS)]
        names = [pl.col(name).cast(kind) for name, kind in recovery.MOVES.items()]
        return pl.concat(moved).select(names) if moved else pl.DataFrame(schema=recovery.MOVES)

    def book(self, kind: postings.Kind, lines: pl.DataFrame) -> int:
        """Postings of a kind into the journal and the pictures of done."""
        if lines.is_empty():
            return 0
        return self.keep(kind.name, postings.post(kind, lines, entry_id=len(self.journal) + 1, pool=POOL))

    def keep(self, kind: str, posted: pl.DataFrame) -> int:
        """Append to the journal; done moves by the store's own table of signs."""
        moved = posted.with_columns(pl.lit(kind).alias("kind"))
        self.journal.append(moved)
        for book in Book:
            self.steps[book] = add_steps([self.steps[book], done.steps_of(moved, book)], KEYS, "monthly_fen")
        return posted.height

    # The bank.

    def answers(self, day: date, *, all_good: bool = False) -> None:
        """The bank answers for each payee of each waiting file: arrived, returned, or not yet known."""
        waiting, self.waiting = self.waiting, []
        for sent in waiting:
            outcome = {person: "settled" if all_good else self.rng.choices(
                ("settled", "curable", "do_not_resend", "unknown"), (80, 8, 4, 8))[0]
                for person in sent["person_id"].unique(maintain_order=True)}  # fmt: skip
            answered = sent.with_columns(pl.col("person_id").replace_strict(outcome, return_dtype=pl.String).alias("answer"))
            self.book(postings.SETTLE, answered.filter(pl.col("answer") == "settled").select(LINE))
            back = answered.filter(pl.col("answer").is_in(["curable", "do_not_resend"]))
            self.book(postings.BANK_RETURN, back.select(LINE))
            self._remember(back, day)
            unknown = answered.filter(pl.col("answer") == "unknown").drop("answer")
            self.waiting += [unknown] if unknown.height else []

    def _remember(self, back: pl.DataFrame, day: date) -> None:
        kinds = {"curable": (FactKind.ACCOUNT_REFUSED, None), "do_not_resend": (FactKind.HOLD, "bank_do_not_resend")}
        persons = back.select("person_id", "answer").unique(maintain_order=True).iter_rows()
        self.tell((Truth(person, kinds[answer][0], kinds[answer][1], None, day, None) for person, answer in persons), day)

    def mend(self, day: date, share: float) -> None:
        """Some of those whom the bank refused bring a new account; some of those held are cleared."""
        bad = self.told.filter((pl.col("told_at") <= day) & (
            (pl.col("kind") == FactKind.ACCOUNT_REFUSED) | (pl.col("value") == "bank_do_not_resend")))  # fmt: skip
        cured = [row for row in bad.iter_rows(named=True) if row["fact_id"] not in self.mended and self.rng.random() < share]
        self.mended |= {row["fact_id"] for row in cured}
        ends = [(-row["fact_id"], row["fact_id"], "withdrawn", None, 0, day) for row in cured
                if row["kind"] == FactKind.HOLD]  # fmt: skip
        self.changes = pl.concat([self.changes, pl.DataFrame(ends, schema=CHANGES, orient="row")])
        self.tell((Truth(row["person_id"], FactKind.BANK_ACCOUNT, None, None, day, None)
                   for row in cured if row["kind"] != FactKind.HOLD), day)  # fmt: skip

    def certify(self, day: date, share: float) -> None:
        """Some of the people show that they live."""
        everybody = self.told["person_id"].unique(maintain_order=True)
        seen = [person for person in everybody if self.rng.random() < share]
        self.tell((Truth(person, FactKind.LIFE_CERTIFICATE, "counter", None, day, None) for person in seen), day)

    def heirs(self, day: date) -> None:
        """Everybody names an account for what is left behind: money of the dead waits for nothing else."""
        everybody = self.told["person_id"].unique(maintain_order=True)
        self.tell((Truth(person, FactKind.PAYEE_ACCOUNT, "继承人", None, day, None) for person in everybody), day)

    # What is compared.

    def balance(self, account: int) -> pl.DataFrame:
        """One account by person, item and month, as steps: debit less credit."""
        moved = pl.concat(self.journal)
        sign = pl.when(pl.col("debit") == account).then(1).otherwise(-1)
        touched = moved.filter((pl.col("debit") == account) | (pl.col("credit") == account))
        spans = touched.with_columns(pl.col("monthly_fen") * sign)
        return add_steps([to_steps(spans, KEYS, "monthly_fen")], KEYS, "monthly_fen")

    def in_transit(self) -> pl.DataFrame:
        """What was sent and not answered."""
        return self.balance(IN_TRANSIT)

    def kept(self) -> pl.DataFrame:
        """What has been paid out and is not claimed back, by person, item and month, as steps."""
        paid, claimed = self.balance(PAYOUT_BANK), self.balance(RECEIVABLE)
        return add_steps([paid.with_columns(-pl.col("monthly_fen")), claimed.with_columns(-pl.col("monthly_fen"))], KEYS,
                         "monthly_fen")  # fmt: skip

    def accounts(self) -> pl.DataFrame:
        """Individual accounts by money source, with what stood in them at the opening: person_id, bucket, amount_fen."""
        stood = self.balances.select("person_id", pl.lit(Bucket.OWN.key).alias("bucket"), pl.col("fen").alias("amount_fen"))
        both = pl.concat([stood, individual_accounts(pl.concat(self.journal), load_chart())])
        return both.group_by("person_id", "bucket").agg(pl.col("amount_fen").sum()).filter(pl.col("amount_fen") != 0)


def _row(truth: Truth) -> tuple[object, ...]:
    return (truth.person_id, int(truth.kind), truth.value, truth.number, truth.holds_from, truth.holds_until)


def _balances(lives: list[Life]) -> pl.DataFrame:
    day = last_day(OPENING_MONTH - 1)
    rows = [(one.person_id, int(Bucket.OWN), 0, day.year, day, one.balance_fen) for one in lives if one.balance_fen]
    return pl.DataFrame(rows, schema=CREDITS, orient="row")


def informed(lives: list[Life], rng: Random) -> Office:
    """An office that will hear of everything as it was told: shuffled, late, doubled, wrong."""
    tellings: list[Telling] = [telling for one in lives for telling in one.tellings]
    rng.shuffle(tellings)
    tellings.sort(key=lambda telling: telling.told)  # within a day the order stays shuffled
    rows, changes = [], []
    for number, telling in enumerate(tellings, start=1):
        rows.append((*_row(telling.truth), number, telling.told))
        changes += [(0, number, "ended", until, 0, day) for day, until in telling.ends]
        if telling.withdrawn:
            changes.append((0, number, "withdrawn", None, 0, telling.withdrawn))
    ordered = sorted(changes, key=lambda change: change[5])
    numbered = [(place, *change[1:4], place, change[5]) for place, change in enumerate(ordered, start=1)]
    return _opened(Office(pl.DataFrame(rows, schema=TOLD, orient="row"),
                          pl.DataFrame(numbered, schema=CHANGES, orient="row"), _balances(lives), rng), lives)  # fmt: skip


def omniscient(lives: list[Life], rng: Random) -> Office:
    """An office that knows the truth, and only that, from the first day."""
    truths = [truth for one in lives for truth in one.truths]
    rows = [(*_row(truth), number, FIRST_DAY) for number, truth in enumerate(truths, start=1)]
    return _opened(Office(pl.DataFrame(rows, schema=TOLD, orient="row"), pl.DataFrame(schema=CHANGES),
                          _balances(lives), rng), lives)  # fmt: skip


def _opened(office: Office, lives: list[Life]) -> Office:
    """Book what the old register says was owed and paid before the opening month."""
    stated = [truth for one in lives for truth in one.truths if truth.kind is FactKind.PENSION_IN_PAYMENT]
    rows = [
        (one.person_id, int(ITEM_BY_KEY[str(one.value)]), max(STATEMENT_FROM, month_of_date(one.holds_from)),
         OPENING_MONTH, one.number)
        for one in stated
    ]  # fmt: skip
    lines = pl.DataFrame(rows, schema=SPANS, orient="row")
    if lines.is_empty():
        return office
    for kind, debit, credit in (
        ("opening_recognised", OPENING_COUNTERPART, PAYABLE), ("opening_disbursed", PAYABLE, OPENING_COUNTERPART),
    ):  # fmt: skip
        posted = postings.post(postings.INSTRUCT, lines, entry_id=len(office.journal) + 1, pool=POOL)
        sides = pl.lit(debit, pl.Int64).alias("debit"), pl.lit(credit, pl.Int64).alias("credit")
        office.keep(kind, posted.with_columns(*sides))
    return office
