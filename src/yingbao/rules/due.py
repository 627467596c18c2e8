"""应: everything owed, as spans. One derivation, all items, the whole time of the law it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from yingbao.rules import (
    account,
    after_award,
    benefits,
    endings,
    entitlement,
    holds,
    own_contributions,
    payouts,
    refunded,
    supplements,
)
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot, as_due, proxied_years
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, SPANS, Facts, empty
from yingbao.rules.taken_back import bearing
from yingbao.values.facts import FactKind
from yingbao.values.month import FOREVER, Month
from yingbao.values.purpose import BUCKET_OF, Item
from yingbao.values.steps import add_steps

# The facts that decide what is owed: all but where somebody lives and what only makes money wait.
READS = tuple(kind for kind in FactKind if kind not in (FactKind.HOUSEHOLD_REGISTRATION, *holds.WAITING))


@dataclass(frozen=True)
class Due:
    """What is owed to and for people, part by part; each part is derived when it is first asked for.

    ``books``: whether ``facts.credits`` are what was booked (an office). Without books (a case document) what is owed
    to an account counts as credited. ``over_until``: the first month that is not over, if that is before the end of
    ``law``: a year's interest is credited, and what pensions took out is booked, when the year is over.
    ``known_credits``: all that is known to have come in and gone back (CREDITS), where ``facts`` are cut to a day.
    """

    facts: Facts
    law: Law
    opening: Opening | None = None
    snapshots: Sequence[Snapshot] = ()
    books: bool = True
    known_grants: pl.DataFrame | None = None
    over_until: Month | None = None
    known_credits: pl.DataFrame | None = None

    @cached_property
    def granted(self) -> pl.DataFrame:
        """``entitlement.grants``: who has a pension, since when, by which route."""
        return entitlement.grants(self.credited, self.law) if self.known_grants is None else self.known_grants

    @cached_property
    def entitled(self) -> pl.DataFrame:
        """The months in which pensions are owed (TIMES)."""
        return entitlement.entitled(self.credited, self.law, self.granted)

    @cached_property
    def ended(self) -> pl.DataFrame:
        """``endings.endings``: whose relation is over, since when, why."""
        return endings.endings(self.facts, self.law, self.granted)

    @cached_property
    def _single(self) -> Facts:
        return endings.single_pension(self.credited, self.ended)

    @cached_property
    def account_granted(self) -> pl.DataFrame:
        """Who has an account pension, since when: as granted, but at double receipt whatever the other pension says."""
        if self._single.persons.is_empty():
            return self.granted
        others = self.granted.join(self._single.persons, on="person_id", how="anti")
        return pl.concat([others, entitlement.grants(self._single, self.law)])

    @cached_property
    def account_entitled(self) -> pl.DataFrame:
        """The months in which account pensions are owed (TIMES): at double receipt also those already paid."""
        if self._single.persons.is_empty():
            return self.entitled
        alone = self.account_granted.join(self._single.persons, on="person_id", how="semi")
        months = endings.until_ended(entitlement.entitled(self._single, self.law, alone), self.ended)
        return pl.concat([self.entitled.join(self._single.persons, on="person_id", how="anti"), months])

    @cached_property
    def proxied(self) -> pl.DataFrame:
        """The contributions that the county pays: SPANS."""
        return as_due(self.proxied_years)

    @cached_property
    def proxied_years(self) -> pl.DataFrame:
        """The same by year, with the month in which each became owed: ``contributions.PROXIED``."""
        return proxied_years(self.facts, self.law, self.snapshots)

    @cached_property
    def paid(self) -> own_contributions.Paid:
        """What people and collectives paid, and what of it stands."""
        return own_contributions.paid(self.facts, self.law, self.opening, self.proxied_years, self._pensions_made_up_for)

    @cached_property
    def _pensions_made_up_for(self) -> pl.DataFrame:
        """Since when those who made up a year have an account pension: ``person_id, since``.

        Where the over-age poor have one only after making up (exit/account_pension_too), theirs is none before that.
        """
        makers = self.facts.of(FactKind.MAKEUP_PAYMENT).select("person_id").unique()
        if makers.is_empty():
            return pl.DataFrame(schema=own_contributions.PENSIONS)
        persons, facts = (frame.join(makers, on="person_id", how="semi") for frame in (self.facts.persons, self.facts.facts))
        mine = Facts(persons, facts, self.facts.credits if self.books else pl.concat([self.facts.credits, _credited(self.proxied)]))
        granted = entitlement.grants(mine, self.law) if self.known_grants is None else self.known_grants
        months = granted.select("person_id", pl.col("granted_from").alias("start"), pl.lit(FOREVER, pl.Int32).alias("end"))
        return entitlement.account_months(mine, self.law, granted, months).select("person_id", pl.col("start").alias("since"))

    @cached_property
    def contributions(self) -> pl.DataFrame:
        """What is to be credited of people's own and others' money, and what of it goes back: SPANS."""
        own = own_contributions.contribution_dues(self.facts, self.law, self.paid)
        return _spans([own, endings.transfers_in(self.facts, self.law, self.opening)])

    @cached_property
    def _returned(self) -> pl.DataFrame:
        """Who came back after a refund that stands: ``refunded.RETURNED``."""
        return refunded.returned(self.credited, self.law)

    @cached_property
    def _first_life(self) -> Due | None:
        """Their accounts up to that refund, if there are any."""
        if self._returned.is_empty():
            return None
        known = None if self.known_credits is None else refunded.by_then(self.known_credits, self._returned)
        return Due(refunded.first_life(self.credited, self._returned), self.law, self.opening, self.snapshots,
                   over_until=self.over_until, known_credits=known)  # fmt: skip

    @cached_property
    def _open(self) -> Facts:
        """The facts by which accounts are derived that were not refunded for good."""
        return refunded.second_life(self.credited, self._returned)

    @cached_property
    def accounts(self) -> account.Accounts:
        """Every account with its interest, before anything is paid out of it."""
        return self._open_accounts if self._first_life is None else refunded.both_accounts(self._open_accounts, self._first_life.accounts)

    @cached_property
    def _open_accounts(self) -> account.Accounts:
        return self._accounts_of(self._open)

    def _accounts_of(self, facts: Facts) -> account.Accounts:
        stops = account.stops_of(self.account_granted, self.ended)
        return account.accounts(facts, self.law, stops, self.opening, self.over_until, self._bearing(facts))

    def _bearing(self, facts: Facts) -> pl.DataFrame:
        """The credits of ``facts`` as they bear interest."""
        known = facts.credits
        if self.known_credits is not None:
            mine = self.known_credits.join(known.select("person_id").unique(), on="person_id", how="semi")
            known = refunded.since_then(mine, self._returned)
        return bearing(known, self.law, lambda: own_contributions.rightly_paid(self.paid))

    @cached_property
    def _awarded_or_ended(self) -> account.Accounts:
        """Of the accounts, those that decide about an award or a refund: all that a payroll asks of them every month."""
        if "_open_accounts" in self.__dict__:
            return self._open_accounts
        awarded = self.account_granted.filter(pl.col("route") != "stated").select("person_id")
        concerned = pl.concat([awarded, self.ended.select("person_id")]).unique()
        came = self._open.credits.join(concerned, on="person_id", how="semi")
        return self._accounts_of(replace(self._open, credits=came))

    @cached_property
    def credited(self) -> Facts:
        """The facts with what was credited to accounts: as booked, or (without books) as owed."""
        return self.facts if self.books else replace(self.facts, credits=self._as_owed())

    def _as_owed(self) -> pl.DataFrame:
        """CREDITS where nothing is booked: what is owed to accounts counts as credited at the end of its year.

        A made-up year: at the end of the year in which it was paid.
        """
        makeup = self.paid.own.filter("makeup").select(
            "person_id", (pl.col("year") * 12).alias("from_month"), pl.lit(int(Item.MAKEUP_CONTRIBUTION), pl.Int16).alias("item"),
            pl.col("month").floordiv(12).alias("paid_in"))  # fmt: skip
        return pl.concat([self.facts.credits, _credited(self.proxied), _credited(self.contributions, makeup)])

    @cached_property
    def account_amounts(self) -> pl.DataFrame:
        """The account pension of each pensioner, fen a month: ``benefits.AMOUNTS``."""
        return benefits.account_amounts(self._open, self.law, self.account_granted, self._bases(self._awarded_or_ended))

    @cached_property
    def added_later(self) -> pl.DataFrame:
        """What came into accounts only after the award: ``after_award.ADDED``."""
        if not after_award.may_be_late(self.facts):
            return empty(after_award.ADDED)
        return after_award.added(self._open, self.law, self.account_granted, self.paid, self.opening)

    def _bases(self, found: account.Accounts) -> pl.DataFrame:
        return after_award.bases(found.totals(), self.added_later)

    def account_in(self, month: Month) -> pl.DataFrame:
        """What an account pension of a month is reckoned from, by source: BALANCES, before anything is paid out."""
        later = self.added_later.filter(pl.col("month") > month).select("person_id", "bucket", -pl.col("fen"))
        return add_steps([self._open_accounts.balances, later], ["person_id"], "fen", at="bucket")

    @cached_property
    def monthly(self) -> pl.DataFrame:
        """The pensions by month: SPANS, not overlapping within (person, item).

        Months before the opening are owed as stated; from the opening on, as the law says.
        """
        is_account = pl.col("item") == int(Item.ACCOUNT_PENSION)
        stated, months = self._by_statement(self.entitled)
        stated_accounts, account_months = self._by_statement(self.account_entitled)
        others = _spans([
            benefits.base_pension(months, self.law),
            benefits.county_top_up(months, self.law),
            supplements.supplements(months, self.credited, self.law, self.granted),
        ])
        accounts = _spans([stated_accounts.filter(is_account), self._account_pension(account_months, others)])
        before = [] if self._first_life is None else [self._first_life.monthly.filter(is_account)]
        return _spans([stated.filter(~is_account), others, refunded.since_back(accounts, self._returned), *before])

    def _by_statement(self, months: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What the opening states of entitled months (SPANS), and the months that the law decides (TIMES)."""
        if self.opening is None:
            return empty(SPANS), months
        stated = self.account_granted.filter(pl.col("route") == "stated")
        of_stated = months.join(stated, on="person_id", how="semi")
        others = months.join(stated, on="person_id", how="anti")
        later = benefits.from_month(of_stated, self.opening.opening_month)
        return benefits.as_stated(of_stated, self.facts, self.opening), pl.concat([others, later])

    def _account_pension(self, entitled: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
        months = entitlement.account_months(self.credited, self.law, self.account_granted, entitled)
        owed = benefits.account_pension(months, self.account_amounts, others, self.law)
        for_life = self.law.is_on(benefits.FOR_LIFE)  # else every pensioner's account is looked at
        return owed if for_life else benefits.until_exhausted(owed, self._bases(self._open_accounts), self.law)

    @cached_property
    def paid_out(self) -> payouts.Payouts:
        """What account pensions took out of the accounts, and what is then left in each by money source."""
        paid = self._paid_out_of(self._open_accounts)
        return paid if self._first_life is None else refunded.both_payouts(paid, self._first_life.paid_out)

    @cached_property
    def account_pensions(self) -> pl.DataFrame:
        """The account pensions that are taken from accounts: all but the months that the opening states as paid. SPANS."""
        pensions = self.monthly.filter(pl.col("item") == int(Item.ACCOUNT_PENSION))
        return payouts.from_opening(pensions, self.account_granted, self.opening)

    def _paid_out_of(self, found: account.Accounts) -> payouts.Payouts:
        pensions = refunded.since_back(self.account_pensions, self._returned)
        return payouts.payouts(found, pensions, self.account_granted, self.ended, self.law, self.opening,
                               self.over_until, self.added_later)  # fmt: skip

    @cached_property
    def refunds_by_source(self) -> pl.DataFrame:
        """What is left of ended accounts, by money source: ``endings.BY_SOURCE``.

        A payroll asks it every month, so only those accounts are paid out of.
        """
        found = self._awarded_or_ended
        gone = found.balances.join(self.ended, on="person_id", how="semi")
        left = self._paid_out_of(replace(found, balances=gone)).left
        back = endings.refunds_by_source(self.facts, self.law, self.ended, left, gone)
        return back if self._first_life is None else pl.concat([back, self._first_life.refunds_by_source])

    @cached_property
    def refunds(self) -> pl.DataFrame:
        """What is left of ended accounts: SPANS."""
        return endings.refunds(self.refunds_by_source)

    @cached_property
    def payable(self) -> pl.DataFrame:
        """Everything that is paid out: what comes every month, and what comes once. SPANS."""
        back = self.contributions.filter(pl.col("item") == int(Item.CONTRIBUTION_REFUND))
        grants = supplements.funeral_grants(self.facts, self.law, self.entitled, self.granted, self.opening)
        return _spans([self.monthly, self.refunds, grants, back])

    @cached_property
    def account_moves(self) -> pl.DataFrame:
        """Everything that moves individual accounts beside the county's own contributions: SPANS, by year."""
        return _spans([self.filled, self.earned_and_charged])

    @cached_property
    def filled(self) -> pl.DataFrame:
        """What is to be credited of people's own and others' money: SPANS, by year."""
        return self.contributions.filter(pl.col("item") != int(Item.CONTRIBUTION_REFUND))

    @cached_property
    def earned_and_charged(self) -> pl.DataFrame:
        """Interest, and what pensions and refunds take out, of the accounts as they are: SPANS, by year."""
        over = self.ended if self._first_life is None else pl.concat([self.ended, self._first_life.ended])
        charges = payouts.charges_due(self.paid_out, self.refunds_by_source, over, self.law, self.over_until)
        return _spans([account.interest_due(self.accounts.interest, self.paid_out.interest), charges])


def _spans(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items()) for part in parts])


_PAID_IN = {"person_id": pl.Int64, "from_month": pl.Int32, "item": pl.Int16, "paid_in": pl.Int32}


def _credited(owed: pl.DataFrame, paid_in: pl.DataFrame | None = None) -> pl.DataFrame:
    """What is owed to accounts (SPANS) as CREDITS, each at the end of its year, or of another one (``paid_in``: _PAID_IN)."""
    other = empty(_PAID_IN) if paid_in is None else paid_in
    filling = owed.join(other, on=["person_id", "from_month", "item"], how="left")
    return as_credits(filling, pl.date(pl.coalesce("paid_in", pl.col("from_month").floordiv(12)), 12, 31))


def as_credits(moves: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """What fills accounts or is taken back from them (SPANS) as CREDITS of a day. Interest is none: it is derived again."""
    buckets = {int(item): int(bucket) for item, bucket in BUCKET_OF.items() if item is not Item.INTEREST}
    made = moves.filter(pl.col("item").is_in(list(buckets))).select(
        "person_id", pl.col("item").cast(pl.Int64).replace_strict(buckets, return_dtype=pl.Int8).alias("bucket"), "item",
        pl.col("from_month").floordiv(12).alias("year"), day.alias("day"), pl.col("monthly_fen").alias("fen"))  # fmt: skip
    return made.select(pl.col(name).cast(kind) for name, kind in CREDITS.items())


def benefits_due(
    facts: Facts, law: Law, opening: Opening | None = None, granted: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The monthly pensions owed in the months of ``law``: SPANS. ``granted``: ``entitlement.grants``, where known already."""
    return Due(facts, law, opening, known_grants=granted).monthly


def payable_due(facts: Facts, law: Law, opening: Opening | None = None, snapshots: Sequence[Snapshot] = ()) -> pl.DataFrame:
    """Everything that is paid out, in the months of ``law``: pensions and what comes once. SPANS."""
    return Due(facts, law, opening, snapshots).payable


def due(facts: Facts, law: Law, snapshots: Sequence[Snapshot] = (), opening: Opening | None = None) -> pl.DataFrame:
    """Everything of a case document together, without books: what is paid out and what is paid in. SPANS."""
    owed = Due(facts, law, opening, snapshots, books=False)
    return pl.concat([owed.payable, owed.proxied])


def credited(facts: Facts, law: Law, snapshots: Sequence[Snapshot] = (), opening: Opening | None = None) -> pl.DataFrame:
    """What a case document credits to accounts beside the county's own contributions: own money, aid, subsidies. SPANS."""
    found = Due(facts, law, opening, snapshots, books=False).contributions
    return found.filter(pl.col("item") != int(Item.CONTRIBUTION_REFUND))
