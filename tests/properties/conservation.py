"""What must be so at every moment of every history: no fen comes from nowhere, and none is lost.

Each proof asks the same figure by two routes: the accounts of the journal, and the steps, credits and facts that rules
work with. Each gives rows of what is not so; no rows are the proof.
"""

from __future__ import annotations

from datetime import date

import polars as pl
from memory_office import OPENING, Office

from yingbao.ledger.chart import COLLECTED, IN_TRANSIT, PAYABLE, PAYOUT_BANK, RECEIVABLE, WRITTEN_OFF, load_chart
from yingbao.ledger.checks import (
    broken_postings,
    control_differences,
    individual_accounts,
    trial_balance,
)
from yingbao.ledger.postings import POSTINGS
from yingbao.rules import recovery
from yingbao.rules.payments import MONEY_IN
from yingbao.store.books import Book
from yingbao.values.facts import FactKind
from yingbao.values.month import first_day
from yingbao.values.purpose import CHARGES, PAID, TRANSFERS_IN, Bucket, Item
from yingbao.values.steps import add_steps, to_spans, to_steps

KEYS = ("person_id", "item")
SUBSIDIES = (Item.SUBSIDY_PROVINCE, Item.SUBSIDY_CITY, Item.SUBSIDY_COUNTY)
OWN_MONEY = [int(item) for item in (Item.OWN_CONTRIBUTION, Item.MAKEUP_CONTRIBUTION, Item.COLLECTIVE_AID, *TRANSFERS_IN)]
MAY_BE_LATE = [int(item) for item in (Item.MAKEUP_CONTRIBUTION, *SUBSIDIES, *TRANSFERS_IN)]
BACK = int(Item.CONTRIBUTION_REFUND)
OUT_OF_ACCOUNTS = [int(item) for item in (Item.ACCOUNT_REFUND, Item.TRANSFER_OUT)]
Wrong = list[dict[str, object]]


def broken(office: Office, day: date) -> Wrong:
    """Everything that is not so in an office's books on a day."""
    booked, chart = postings_of(office), load_chart()
    off = int(trial_balance(booked)["balance_fen"].sum())
    return [
        *([{"trial balance": off}] if off else []), *_shown("posting", broken_postings(booked, chart)),
        *_shown("control", control_differences(individual_accounts(booked, chart), booked, chart)),
        *_shown("account", accounts_apart(office, booked)), *_shown("paid", payments_apart(office, booked)),
        *own_money_apart(office, booked, day), *_shown("owes less than nothing", below_zero(booked)),
        *_shown("paid although given up", paid_twice(office)),
    ]  # fmt: skip


def postings_of(office: Office) -> pl.DataFrame:
    """The whole journal, with the kind of each entry."""
    return pl.concat([pl.DataFrame(schema={**POSTINGS, "kind": pl.String}), *office.journal])


def _shown(what: str, rows: pl.DataFrame) -> Wrong:
    return [{"what": what, **row} for row in rows.head(3).to_dicts()]


def amounts(steps: pl.DataFrame, items: list[int], *by: str) -> pl.DataFrame:
    """Steps of some items as sums: ``person_id`` (and more columns), ``fen``."""
    spans = to_spans(steps.filter(pl.col("item").is_in(items)), KEYS, "monthly_fen")
    fen = pl.col("monthly_fen") * (pl.col("until_month") - pl.col("from_month"))
    return spans.group_by("person_id", *by).agg(fen.sum().alias("fen"))


def balances(booked: pl.DataFrame, account: int) -> pl.DataFrame:
    """One account of the journal by person: ``person_id, fen``, debit less credit."""
    sides = [booked.filter(pl.col(side) == account).select("person_id", (pl.col("amount_fen") * sign).alias("fen"))
             for side, sign in (("debit", 1), ("credit", -1))]  # fmt: skip
    return pl.concat(sides).group_by("person_id").agg(pl.col("fen").sum())


def unequal(one: pl.DataFrame, other: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Where two sums by the same columns differ."""
    keys = list(by)
    both = one.join(other, on=keys, how="full", coalesce=True, suffix="_other").with_columns(
        pl.col("fen", "fen_other").fill_null(0))  # fmt: skip
    return both.filter(pl.col("fen") != pl.col("fen_other"))


def summed(parts: list[pl.DataFrame], *by: str) -> pl.DataFrame:
    """Several sums together."""
    return pl.concat([part.select(*by, pl.col("fen").cast(pl.Int64)) for part in parts]).group_by(*by).agg(pl.col("fen").sum())


def accounts_apart(office: Office, booked: pl.DataFrame) -> pl.DataFrame:
    """Accounts by money source: what came in and bore interest, less what was charged, and the accounts of the chart."""
    names = {int(bucket): bucket.key for bucket in Bucket}
    came = office.booked().with_columns(pl.col("bucket").cast(pl.Int64).replace_strict(names, return_dtype=pl.String))
    charged = {int(bucket.charge): bucket.key for bucket in Bucket}
    moved = amounts(office.steps[Book.RECOGNISED], [int(Item.INTEREST), *charged], "item").with_columns(
        pl.col("item").cast(pl.Int64).replace_strict({**charged, int(Item.INTEREST): Bucket.INTEREST.key},
                                                     return_dtype=pl.String).alias("bucket"),
        pl.when(pl.col("item") == int(Item.INTEREST)).then("fen").otherwise(-pl.col("fen")).alias("fen"))  # fmt: skip
    chart = individual_accounts(booked, load_chart()).rename({"amount_fen": "fen"})
    return unequal(chart, summed([came, moved], "person_id", "bucket"), "person_id", "bucket")


def payments_apart(office: Office, booked: pl.DataFrame) -> pl.DataFrame:
    """应 = 已到账 + 在途 + 待发 − 应追回 − 已核销, person by person; what the opening states as paid counts as paid."""
    accounts = (PAYABLE, IN_TRANSIT, PAYOUT_BANK, RECEIVABLE, WRITTEN_OFF)
    parts = [balances(booked, account).with_columns(-pl.col("fen")) for account in accounts]
    opened = booked.filter(pl.col("kind") == "opening_disbursed").select("person_id", pl.col("amount_fen").alias("fen"))
    recognised = amounts(office.steps[Book.RECOGNISED], [int(item) for item in PAID])
    return unequal(recognised, summed([*parts, opened], "person_id"), "person_id")


def own_money_apart(office: Office, booked: pl.DataFrame, day: date) -> Wrong:
    """What people paid in is credited to their accounts, or given back, or still waits as collected: nothing else."""
    came = int(office.came(day)["number"].sum())
    used = int(amounts(office.steps[Book.RECOGNISED], [*OWN_MONEY, BACK])["fen"].sum())
    waits = -int(balances(booked, COLLECTED)["fen"].sum())
    return [] if came == used + waits else [{"came": came, "credited or given back": used, "waits": waits}]


def below_zero(booked: pl.DataFrame) -> pl.DataFrame:
    """People who owe less than nothing, or of whom more was answered by the bank than sent."""
    owing, sent = balances(booked, RECEIVABLE), balances(booked, IN_TRANSIT).with_columns(-pl.col("fen"))
    return pl.concat([owing, sent]).filter(pl.col("fen") < 0)


def paid_twice(office: Office) -> pl.DataFrame:
    """Months that the last disbursement paid, although they had been paid, asked back and given up: the person has that money.

    Of people who brought cash it is not known for what.
    """
    claims = office.claims()
    lost = recovery.given_up(claims).join(claims.filter(pl.col("kind") == "repay"), on="person_id", how="anti")
    both = office.paid.join(lost, on=["person_id", "item"], suffix="_given_up")
    return both.filter((pl.col("from_month") < pl.col("until_month_given_up")) & (pl.col("from_month_given_up") < pl.col("until_month")))


# At the end, when everything is settled.


def unsettled(office: Office, day: date) -> Wrong:
    """What must besides be so when all runs have been made: no account below zero, own money and accounts all spoken for."""
    left = individual_accounts(postings_of(office), load_chart()).rename({"amount_fen": "fen"})
    stood = office.balances.select("person_id", pl.lit(Bucket.OWN.key).alias("bucket"), "fen")
    now = summed([left, stood], "person_id", "bucket")
    return [*_shown("account below zero", now.filter(pl.col("fen") < 0)), *_shown("own money", money_lost(office, day)),
            *_shown("out of the account", wrongly_charged(office, now, day))]  # fmt: skip


def money_lost(office: Office, day: date) -> pl.DataFrame:
    """People of whom not every fen that came in is in the account or given back.

    Open may be: payments of the last year, whose tier the batch may still complete, and those of people whose birth is unknown.
    """
    facts = office.facts(day)
    told = facts.of(*MONEY_IN).filter(pl.col("holds_from") >= first_day(OPENING.opening_month))
    known = facts.persons.filter(pl.col("birth").is_not_null())
    waits = (pl.col("kind") != FactKind.TRANSFER_IN) & (pl.col("value") == str(day.year))
    open_still = told.filter(waits | ~pl.col("person_id").is_in(known["person_id"].to_list())).select("person_id").unique()
    came = told.group_by("person_id").agg(pl.col("number").sum().alias("fen"))
    both = unequal(came, amounts(office.steps[Book.RECOGNISED], [*OWN_MONEY, BACK]), "person_id")
    waiting = both.join(open_still, on="person_id", how="semi").filter(pl.col("fen") < pl.col("fen_other"))
    return pl.concat([both.join(open_still, on="person_id", how="anti"), waiting])


def wrongly_charged(office: Office, left: pl.DataFrame, day: date) -> pl.DataFrame:
    """People of whose accounts more or less was taken than pensions and refunds that went out of them.

    Charges are booked for years that are over. An account that is used up pays no more; the pension goes on.
    """
    steps = office.steps[Book.RECOGNISED]
    pensions = _from_opening(office, to_spans(steps.filter(pl.col("item") == int(Item.ACCOUNT_PENSION)), KEYS, "monthly_fen"))
    closed = pensions.with_columns(pl.col("until_month").clip(upper_bound=day.year * 12)).filter(
        pl.col("from_month") < pl.col("until_month"))  # fmt: skip
    out = amounts(steps, OUT_OF_ACCOUNTS)
    least, most = (summed([out, amounts(_as_steps(part), [int(Item.ACCOUNT_PENSION)])], "person_id") for part in (closed, pensions))
    told = summed([left], "person_id").rename({"fen": "left"}).join(
        amounts(steps, [int(one) for one in CHARGES]).rename({"fen": "charged"}), on="person_id", how="full", coalesce=True).join(
        least.rename({"fen": "least"}), on="person_id", how="full", coalesce=True).join(
        most.rename({"fen": "most"}), on="person_id", how="left").join(
        amounts(steps, [int(Item.INTEREST), *MAY_BE_LATE]).rename({"fen": "later"}), on="person_id", how="left").fill_null(0)  # fmt: skip
    # The interest of a year, and money of after the award, may come in after the account was used up.
    used_up = pl.col("left") - (pl.col("most") - pl.col("least")) <= pl.col("later")
    return told.filter((pl.col("charged") > pl.col("most")) | ((pl.col("charged") < pl.col("least")) & ~used_up))


def _from_opening(office: Office, pensions: pl.DataFrame) -> pl.DataFrame:
    """Pensions that were in payment at the opening take from their accounts from then on only."""
    stated = office.told.filter(pl.col("kind") == FactKind.PENSION_IN_PAYMENT)["person_id"].unique().to_list()
    start = pl.when(pl.col("person_id").is_in(stated)).then(pl.col("from_month").clip(lower_bound=OPENING.opening_month))
    cut = pensions.with_columns(start.otherwise("from_month").alias("from_month"))
    return cut.filter(pl.col("from_month") < pl.col("until_month"))


def _as_steps(spans: pl.DataFrame) -> pl.DataFrame:
    return add_steps([to_steps(spans, KEYS, "monthly_fen")], KEYS, "monthly_fen")


# What is compared between offices.


def kept(office: Office) -> pl.DataFrame:
    """What has been paid out and is neither claimed back nor given up, by person, item and month, as steps."""
    booked = postings_of(office)
    return add_steps([_moved(booked, account) for account in (PAYOUT_BANK, RECEIVABLE, WRITTEN_OFF)], KEYS, "monthly_fen")


def in_transit(office: Office) -> pl.DataFrame:
    """What was sent and not answered, as steps."""
    return _moved(postings_of(office), IN_TRANSIT)


def _moved(booked: pl.DataFrame, account: int) -> pl.DataFrame:
    """One account by person, item and month, as steps: credit less debit."""
    sign = pl.when(pl.col("debit") == account).then(-1).otherwise(1)
    touched = booked.filter((pl.col("debit") == account) | (pl.col("credit") == account))
    return _as_steps(touched.with_columns(pl.col("monthly_fen") * sign))


def accounts(office: Office) -> pl.DataFrame:
    """Individual accounts by money source, with what stood in them at the opening: ``person_id, bucket, fen``."""
    stood = office.balances.select("person_id", pl.lit(Bucket.OWN.key).alias("bucket"), "fen")
    booked = individual_accounts(postings_of(office), load_chart()).rename({"amount_fen": "fen"})
    return summed([stood, booked], "person_id", "bucket").filter(pl.col("fen") != 0)
