"""An office without a database: the same rules, runs and bookings, its journal a list of frames.

What acts do one by one with officers and transactions is done here in a line each; the bank's answers
are random. Everything that computes or books is the program's own.

The day on which money is credited is a fact of the books, not of the people: interest rests on it (and, if
contribution/year_counts_from says so, the month from which a year counts as paid). So that offices can be compared, either
everything counts as credited at the end of its year, or (``booked_days``) on the day it was booked, and the office that
knew everything is given those bookings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import polars as pl
from random_histories import FIRST_DAY, OPENING_MONTH, STATEMENT_FROM, Life, Telling, Truth
from random_laws import Overrides

from yingbao.engine import derive
from yingbao.engine.lines import content_hash
from yingbao.ledger import postings
from yingbao.ledger.chart import OPENING_COUNTERPART, PAYABLE
from yingbao.ledger.run_lines import LINES, LineClass
from yingbao.policy.in_force import InForce
from yingbao.policy.tree import load
from yingbao.rules import recovery
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.law import Law
from yingbao.rules.payments import MONEY_IN
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, SPANS, STEPS, Facts
from yingbao.store import done, relations, tables
from yingbao.store.books import Book
from yingbao.values.facts import FactKind
from yingbao.values.month import first_day, last_day, month_of_date
from yingbao.values.purpose import ITEM_BY_KEY, Bucket
from yingbao.values.steps import add_steps

POOL = 320682
KEYS = ("person_id", "item")
TOLD = {**FACTS, "told_at": pl.Date}
CHANGES = {"id": pl.Int64, "fact_id": pl.Int64, "change": pl.String, "holds_until": pl.Date, "act_seq": pl.Int64,
           "told_at": pl.Date}  # fmt: skip
OPENING = Opening(OPENING_MONTH, STATEMENT_FROM)
BATCH_DAYS = (Snapshot(2018, date(2018, 11, 30)), Snapshot(2018, date(2018, 12, 31)), Snapshot(2019, date(2019, 12, 31)))
RATES = {date(2018, 1, 1): "135", date(2019, 1, 1): "148", date(2020, 1, 1): "160"}
INTEREST = {date(2018, 1, 1): "8.29", date(2019, 1, 1): "7.61", date(2020, 1, 1): "6.04"}
BOOKED = {"payroll": postings.RECOGNISE, "proxy": postings.CONTRIBUTE, "account": postings.CREDIT_ACCOUNT}
MOVED = {
    "write_off": ((postings.WRITE_OFF, LineClass.WRITE_OFF), (postings.WRITE_OFF_WITHDRAWN, LineClass.RESTORE)),
    "disbursement": ((postings.RECLASS_TO_RECOVER, LineClass.RECOVER), (postings.CLAIM_RESTORED, LineClass.RESTORE),
                     (postings.SET_OFF, LineClass.SET_OFF), (postings.INSTRUCT, LineClass.PAY)),
}  # fmt: skip
ANSWERS = ("settled", "curable", "do_not_resend", "unknown")
LINE = ["person_id", "item", "from_month", "until_month", "monthly_fen"]


def come_by(day: date) -> list[Snapshot]:
    """The batch days that have come."""
    return [one for one in BATCH_DAYS if one.day <= day]


def law(rates: Iterable[date] = tuple(RATES), overrides: Overrides | None = None) -> InForce:
    """The shipped law with the base pensions and crediting rates of some years: what is not yet announced is not there."""
    known = {"benefit/base_pension": {date(2005, 1, 1): "60", **RATES}, "account/crediting_rate": {date(2010, 1, 1): "3.50", **INTEREST}}
    hidden = set(RATES) - set(rates)
    dated = {name: {day: value for day, value in values.items() if day not in hidden} for name, values in known.items()}
    return load(region="rugao").in_force(None, {**dated, **(overrides or {})})


@dataclass(frozen=True)
class Made:
    """A run that was made: what was known (rows told, changes, entries of the journal), its law, its lines."""

    kind: str
    day: date
    in_force: InForce
    told: int
    changes: int
    entries: int
    content_hash: str


@dataclass
class Office:
    """The books and what was told. ``days``: of the entries; ``given``: the bookings of another office, to be taken as facts.

    What happens by chance happens to each person by his own lot: the others do not matter, so one alone can be run again.
    """

    told: pl.DataFrame
    changes: pl.DataFrame
    balances: pl.DataFrame
    seed: str
    booked_days: bool = False
    given: pl.DataFrame | None = None
    journal: list[pl.DataFrame] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    steps: dict[Book, pl.DataFrame] = field(default_factory=lambda: {book: pl.DataFrame(schema=STEPS) for book in Book})
    waiting: list[pl.DataFrame] = field(default_factory=list)
    paid: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LINES))
    mended: set[int] = field(default_factory=set)
    collected_fen: int = 0
    made: list[Made] = field(default_factory=list)

    # What is known.

    def tell(self, truths: Iterable[Truth], day: date) -> None:
        """More facts, told on a day, numbered after all that was told before."""
        first = int(self.told["fact_id"].max() or 0) + 1
        rows = [(*_row(truth), number, day) for number, truth in enumerate(truths, start=first)]
        self.told = pl.concat([self.told, pl.DataFrame(rows, schema=TOLD, orient="row")])

    def withdraw(self, fact_ids: Iterable[int], day: date) -> None:
        """Facts taken back on a day."""
        rows = [(-one, one, "withdrawn", None, 0, day) for one in fact_ids]
        self.changes = pl.concat([self.changes, pl.DataFrame(rows, schema=CHANGES, orient="row")])

    def facts(self, day: date, then: Made | None = None) -> Facts:
        """The relations as known on a day (``then``: to a run that was made), by the store's own functions."""
        told, changes = (self.told, self.changes) if then is None else (self.told.head(then.told), self.changes.head(then.changes))
        known = tables.apply_changes(told.filter(pl.col("told_at") <= day), changes.filter(pl.col("told_at") <= day))
        births = tables.persons_of(known, day).select(pl.col(name).cast(kind) for name, kind in PERSONS.items())
        return Facts(births, known.select(*FACTS), self.credits(None if then is None else then.entries))

    def credits(self, entries: int | None = None) -> pl.DataFrame:
        """What came into accounts: CREDITS, as booked here or as given."""
        return pl.concat([self.balances, self.booked(entries)]) if self.given is None else self.given

    def booked(self, entries: int | None = None) -> pl.DataFrame:
        """What was booked into accounts: CREDITS, by the store's own function."""
        of = [one for one in self.journal[:entries] if one["kind"][0] in relations.CREDITING]
        if not of:
            return self.balances.clear()
        posted = pl.concat(of)
        days = {number: (kind, self.days[number - 1]) for number, kind in posted.select("entry_id", "kind").unique().iter_rows()}
        booked = relations.credits_from(posted, days)
        if not self.booked_days:
            booked = booked.with_columns(pl.date(pl.col("year"), 12, 31).alias("day"))
        return booked.select(pl.col(name).cast(kind) for name, kind in CREDITS.items())

    def lot(self, person: int, *of: object) -> Random:
        """The chances of a person in something on a day."""
        return Random(f"{self.seed}/{person}/{of}")

    def some(self, share: float, *of: object) -> list[int]:
        """Some of the people."""
        return [person for person in self.everybody() if self.lot(person, *of).random() < share]

    def everybody(self) -> list[int]:
        """All people, in the order in which they were first told of."""
        return self.told["person_id"].unique(maintain_order=True).to_list()

    # Runs. Each gives the number of postings it made.

    def run(self, kind: str, day: date, in_force: InForce) -> int:
        """A run of a kind, drafted and booked at once."""
        if kind == "proxy" and not come_by(day):
            return 0
        found = self.lines(kind, day, in_force)
        self.made.append(Made(kind, day, in_force, self.told.height, self.changes.height, len(self.journal), content_hash(found)))
        if kind in BOOKED:
            return self.book(BOOKED[kind], found.select(LINE), day)
        pay = derive.of_class(found, LineClass.PAY)
        if kind == "disbursement":
            self.paid = pay
            self.waiting += [pay] if pay.height else []
        return sum(self.book(posting, derive.of_class(found, one).select(LINE), day) for posting, one in MOVED[kind])

    def lines(self, kind: str, day: date, in_force: InForce, then: Made | None = None) -> pl.DataFrame:
        """The lines of a run on a day (``then``: of a run that was made, from what was known and booked before it)."""
        known, month, come = self.facts(day, then), month_of_date(day), come_by(day)
        recognised, disbursed = (self.steps_then(book, then) for book in (Book.RECOGNISED, Book.DISBURSED))
        if kind == "write_off":
            return derive.write_off(known, self.claims(then))
        if kind == "disbursement":
            law = Law(in_force, OPENING.statement_from, month + 1)
            return derive.disbursement(known, recognised, disbursed, day, law, OPENING, self.claims(then))
        if kind == "proxy":
            return derive.proxy(known, recognised, in_force, OPENING, come)
        if kind == "account":
            over = month_of_date(day + timedelta(days=1))
            return derive.account(known, recognised, in_force, OPENING, month, over, day, come)
        return derive.payroll(known, recognised, in_force, OPENING, month, come)

    def again(self, made: Made) -> str:
        """The content hash of a run derived again from what was known then."""
        return content_hash(self.lines(made.kind, made.day, made.in_force, made))

    def steps_then(self, book: Book, then: Made | None) -> pl.DataFrame:
        """What is done, or was when a run was made: from the journal."""
        if then is None:
            return self.steps[book]
        moved = [done.steps_of(one, book) for one in self.journal[: then.entries]]
        return add_steps(moved, KEYS, "monthly_fen") if moved else pl.DataFrame(schema=STEPS)

    def claims(self, then: Made | None = None) -> pl.DataFrame:
        """What moved the receivable so far (``then``: before a run was made): ``recovery.MOVES``."""
        journal = self.journal if then is None else self.journal[: then.entries]
        moved = [one for one in journal if one["kind"][0] in (*recovery.RAISES, *recovery.LOWERS)]
        names = [pl.col(name).cast(kind) for name, kind in recovery.MOVES.items()]
        return pl.concat(moved).select(names) if moved else pl.DataFrame(schema=recovery.MOVES)

    def book(self, kind: postings.Kind, lines: pl.DataFrame, day: date) -> int:
        """Postings of a kind into the journal and the pictures of done."""
        if lines.is_empty():
            return 0
        return self.keep(kind.name, postings.post(kind, lines, entry_id=len(self.journal) + 1, pool=POOL), day)

    def keep(self, kind: str, posted: pl.DataFrame, day: date) -> int:
        """Append to the journal; done moves by the store's own table of signs."""
        moved = posted.with_columns(pl.lit(kind).alias("kind"))
        self.journal.append(moved)
        self.days.append(day)
        for book in Book:
            self.steps[book] = add_steps([self.steps[book], done.steps_of(moved, book)], KEYS, "monthly_fen")
        return posted.height

    # Money that comes in.

    def came(self, day: date) -> pl.DataFrame:
        """What people, collectives and other offices paid in since the books began, as known on a day: facts."""
        return self.facts(day).of(*MONEY_IN).filter(pl.col("holds_from") >= first_day(OPENING_MONTH))

    def collect(self, day: date) -> None:
        """Book what came in and was told, and take back what never came."""
        more = int(self.came(day)["number"].sum()) - self.collected_fen
        if not more:
            return
        name = "contributions_collected" if more > 0 else "contributions_uncollected"
        self.keep(name, postings.fund_move(name, abs(more), month=month_of_date(day), entry_id=len(self.journal) + 1, pool=POOL), day)
        self.collected_fen += more

    def repay(self, day: date, share: float) -> None:
        """Some of those who owe bring cash: all of it or a part."""
        debit, credit = next(iter(postings.REPAY.sides.values()))
        number, paid = len(self.journal) + 1, []
        for person, owed in self.some_debtors(share, "repay", day):
            paid.append(postings.posting(debit, credit, owed, month=month_of_date(day), entry_id=number, pool=POOL, person_id=person))
        if paid:
            self.keep("repay", pl.concat(paid), day)

    def some_debtors(self, share: float, *of: object) -> list[tuple[int, int]]:
        """Some of those who owe, and all or a part of what they owe."""
        owing = {person: (fen, self.lot(person, *of)) for person, fen in recovery.outstanding(self.claims()).iter_rows()}
        return [(person, fen if lot.random() < 0.5 else lot.randint(1, fen)) for person, (fen, lot) in owing.items()
                if lot.random() < share]  # fmt: skip

    def ask_back(self, day: date, share: float) -> None:
        """Letters to some of those who owe; decisions to give up what others owe, or a part of it, or not to after all."""
        letters = [Truth(person, FactKind.RECOVERY_NOTICE, "追〔2019〕1号", fen, day, None)
                   for person, fen in self.some_debtors(share, "letter", day)]  # fmt: skip
        given_up = [Truth(person, FactKind.WRITE_OFF, "无法追回", fen, day, None)
                    for person, fen in self.some_debtors(share / 2, "give up", day)]  # fmt: skip
        decided = self.told.filter((pl.col("kind") == FactKind.WRITE_OFF) & (pl.col("told_at") < day))
        regretted = [fact for person, fact in decided.select("person_id", "fact_id").iter_rows()
                     if self.lot(person, "regret", fact, day).random() < 0.15]  # fmt: skip
        self.withdraw(regretted, day)
        self.tell([*letters, *given_up], day)

    # The bank.

    def answers(self, day: date, *, all_good: bool = False) -> None:
        """The bank answers for each payee of each waiting file: arrived, returned, or not yet known."""
        waiting, self.waiting = self.waiting, []
        for sent in waiting:
            files = sent.group_by("person_id", maintain_order=True).agg(pl.col("amount_fen").sum())
            outcome = {person: "settled" if all_good else self.lot(person, "bank", day, fen).choices(ANSWERS, (80, 8, 4, 8))[0]
                       for person, fen in files.iter_rows()}  # fmt: skip
            answered = sent.with_columns(pl.col("person_id").replace_strict(outcome, return_dtype=pl.String).alias("answer"))
            self.book(postings.SETTLE, answered.filter(pl.col("answer") == "settled").select(LINE), day)
            back = answered.filter(pl.col("answer").is_in(["curable", "do_not_resend"]))
            self.book(postings.BANK_RETURN, back.select(LINE), day)
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
        cured = [row for row in bad.iter_rows(named=True)
                 if row["fact_id"] not in self.mended and self.lot(row["person_id"], "mend", day).random() < share]  # fmt: skip
        self.mended |= {row["fact_id"] for row in cured}
        self.withdraw((row["fact_id"] for row in cured if row["kind"] == FactKind.HOLD), day)
        self.tell((Truth(row["person_id"], FactKind.BANK_ACCOUNT, None, None, day, None)
                   for row in cured if row["kind"] != FactKind.HOLD), day)  # fmt: skip

    def come_forward(self, day: date, share: float) -> None:
        """Some of the people show that they live; some apply for their pension."""
        for kind, value in ((FactKind.LIFE_CERTIFICATE, "counter"), (FactKind.APPLICATION, None)):
            self.tell((Truth(person, kind, value, None, day, None) for person in self.some(share, kind.name, day)), day)

    def heirs(self, day: date) -> None:
        """Everybody names an account for what is left behind: money of the dead waits for nothing else."""
        self.tell((Truth(person, FactKind.PAYEE_ACCOUNT, "继承人", None, day, None) for person in self.everybody()), day)


def _row(truth: Truth) -> tuple[object, ...]:
    return (truth.person_id, int(truth.kind), truth.value, truth.number, truth.holds_from, truth.holds_until)


def _balances(lives: list[Life]) -> pl.DataFrame:
    day = last_day(OPENING_MONTH - 1)
    rows = [(one.person_id, int(Bucket.OWN), 0, day.year, day, one.balance_fen) for one in lives if one.balance_fen]
    return pl.DataFrame(rows, schema=CREDITS, orient="row")


def informed(lives: list[Life], seed: str, *, booked_days: bool = False) -> Office:
    """An office that will hear of everything as it was told: shuffled, late, doubled, wrong."""
    lots = {one.person_id: Random(f"{seed}/{one.person_id}") for one in lives}
    placed: list[tuple[date, float, Telling]] = [
        (telling.told, lots[one.person_id].random(), telling) for one in lives for telling in one.tellings]  # fmt: skip
    placed.sort(key=lambda row: row[:2])  # within a day the order stays shuffled
    tellings = [telling for _, _, telling in placed]
    rows, changes = [], []
    for number, telling in enumerate(tellings, start=1):
        rows.append((*_row(telling.truth), number, telling.told))
        changes += [(0, number, "ended", until, 0, day) for day, until in telling.ends]
        if telling.withdrawn:
            changes.append((0, number, "withdrawn", None, 0, telling.withdrawn))
    ordered = sorted(changes, key=lambda change: change[5])
    numbered = [(place, *change[1:4], place, change[5]) for place, change in enumerate(ordered, start=1)]
    return _opened(Office(pl.DataFrame(rows, schema=TOLD, orient="row"), pl.DataFrame(numbered, schema=CHANGES, orient="row"),
                          _balances(lives), seed, booked_days), lives)  # fmt: skip


def omniscient(lives: list[Life], given: pl.DataFrame | None = None) -> Office:
    """An office that knows the truth, and only that, from the first day; ``given``: when what was booked into accounts."""
    truths = [truth for one in lives for truth in one.truths]
    rows = [(*_row(truth), number, FIRST_DAY) for number, truth in enumerate(truths, start=1)]
    return _opened(Office(pl.DataFrame(rows, schema=TOLD, orient="row"), pl.DataFrame(schema=CHANGES),
                          _balances(lives), "", given=given), lives)  # fmt: skip


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
        office.keep(kind, posted.with_columns(*sides), FIRST_DAY)
    return office
