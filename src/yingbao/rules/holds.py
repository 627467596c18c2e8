"""When money waits although it is owed (暂停发放): the due does not change, arrears flow by themselves."""

from __future__ import annotations

import polars as pl

from yingbao.rules.relations import Facts
from yingbao.values.facts import FactKind

# The facts that decide whether money waits; nothing else is read here.
READS = (FactKind.BANK_ACCOUNT, FactKind.ACCOUNT_REFUSED, FactKind.SUSPECTED_DEATH, FactKind.HOLD)

# The reasons a payment waits, in the order in which one is shown; the sentence says what ends it.
REASONS = {
    "suspected_death": "疑似死亡，核实后恢复或终止",
    "life_certificate_lapsed": "资格认证过期，认证后补发",
    "bank_do_not_resend": "银行拒付（销户、冻结等），查清后再发",
    "no_bank_account": "未登记银行账户，登记后补发",
    "bank_account_refused": "银行退回该账户，登记新账户后补发",
    "other": "其他原因暂停",
}


def held_on(facts: Facts, persons: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """Who may not be paid on a day, and why: ``person_id, reason`` (the first of REASONS that applies).

    ``persons`` has ``person_id``; ``day`` is a Date literal. An account is usable when it was
    told after the last refusal by the bank, so a mended account ends that hold by itself.
    """
    open_then = (pl.col("holds_from") <= day) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= day))
    suspected = facts.of(FactKind.SUSPECTED_DEATH).filter(open_then).select(
        "person_id", pl.lit("suspected_death").alias("reason"))  # fmt: skip
    told = pl.when(pl.col("value").is_in(list(REASONS))).then(pl.col("value")).otherwise(pl.lit("other"))
    by_office = facts.of(FactKind.HOLD).filter(open_then).select("person_id", told.alias("reason"))
    accounts = facts.of(FactKind.BANK_ACCOUNT).filter(open_then).group_by("person_id").agg(
        pl.col("fact_id").max().alias("account"))  # fmt: skip
    refused = facts.of(FactKind.ACCOUNT_REFUSED).filter(open_then).group_by("person_id").agg(
        pl.col("fact_id").max().alias("refusal"))  # fmt: skip
    state = persons.select("person_id").join(accounts, on="person_id", how="left").join(
        refused, on="person_id", how="left")  # fmt: skip
    without = state.filter(pl.col("account").is_null()).select(
        "person_id", pl.lit("no_bank_account").alias("reason"))  # fmt: skip
    stale = state.filter(pl.col("refusal") > pl.col("account")).select(
        "person_id", pl.lit("bank_account_refused").alias("reason"))  # fmt: skip
    every = pl.concat([suspected, by_office, without, stale]).join(persons, on="person_id", how="semi")
    rank = pl.col("reason").replace_strict({name: place for place, name in enumerate(REASONS)}, return_dtype=pl.Int8)
    return every.sort("person_id", rank).unique("person_id", keep="first", maintain_order=True)
