"""Proofs over the books. Each takes frames and gives a frame; an empty one, or zeros, is the proof."""

from __future__ import annotations

import polars as pl

from yingbao.ledger.chart import IN_TRANSIT, OPENING_BUCKET, Chart

_TRIAL = {"account": pl.Int64, "debit_fen": pl.Int64, "credit_fen": pl.Int64, "balance_fen": pl.Int64}


def trial_balance(postings: pl.DataFrame) -> pl.DataFrame:
    """Sums by account: account, debit_fen, credit_fen, balance_fen (debit less credit), sorted by account.

    ``postings`` needs debit, credit, amount_fen.
    """
    debits = postings.group_by(pl.col("debit").alias("account")).agg(pl.col("amount_fen").sum().alias("debit_fen"))
    credits_ = postings.group_by(pl.col("credit").alias("account")).agg(pl.col("amount_fen").sum().alias("credit_fen"))
    both = debits.join(credits_, on="account", how="full", coalesce=True).fill_null(0)
    found = both.with_columns((pl.col("debit_fen") - pl.col("credit_fen")).alias("balance_fen"))
    return found.select(pl.col(name).cast(kind) for name, kind in _TRIAL.items()).sort("account")


def broken_postings(postings: pl.DataFrame, chart: Chart) -> pl.DataFrame:
    """The postings that cannot be true, with ``why``: the second route beside what builds them.

    Why: ``amount`` (not above zero), ``one_account`` (on both sides), ``months`` (amount is not monthly times
    months), ``account`` (not in the chart).
    """
    known = sorted(chart.accounts)
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    why = (
        pl.when(pl.col("amount_fen") <= 0)
        .then(pl.lit("amount"))
        .when(pl.col("debit") == pl.col("credit"))
        .then(pl.lit("one_account"))
        .when((months <= 0) | (pl.col("monthly_fen") * months != pl.col("amount_fen")))
        .then(pl.lit("months"))
        .when(~pl.col("debit").is_in(known) | ~pl.col("credit").is_in(known))
        .then(pl.lit("account"))
    )
    return postings.with_columns(why.alias("why")).filter(pl.col("why").is_not_null())


def balance_by_purpose(postings: pl.DataFrame, account: int) -> pl.DataFrame:
    """One account split by person and item: person_id, item, balance_fen (credit less debit), zeros left out."""
    told = postings.select("person_id", "item", "debit", "credit", "amount_fen")
    touched = told.filter((pl.col("debit") == account) | (pl.col("credit") == account))
    sign = pl.when(pl.col("credit") == account).then(pl.col("amount_fen")).otherwise(-pl.col("amount_fen"))
    summed = touched.group_by("person_id", "item").agg(sign.sum().alias("balance_fen"))
    return summed.filter(pl.col("balance_fen") != 0).sort("person_id", "item")


def negative_in_transit(postings: pl.DataFrame) -> pl.DataFrame:
    """Persons of whom more was settled or returned than sent: person_id, balance_fen. Empty when sound."""
    by_item = balance_by_purpose(postings, IN_TRANSIT)
    return by_item.group_by("person_id").agg(pl.col("balance_fen").sum()).filter(pl.col("balance_fen") < 0)


def individual_accounts(postings: pl.DataFrame, chart: Chart) -> pl.DataFrame:
    """The sub-ledger: person_id, bucket, amount_fen, from the accounts the chart gives a bucket. Zeros left out."""
    buckets = {number: account.bucket for number, account in chart.accounts.items() if account.bucket}
    parts, words = [], pl.Enum(sorted(set(buckets.values())))  # as text they would be the largest column
    for side, sign in (("credit", 1), ("debit", -1)):
        # Only the columns that count: a whole journal is not copied to look at a part of it.
        part = postings.select("person_id", side, "amount_fen").filter(pl.col(side).is_in(sorted(buckets)))
        bucket = pl.col(side).replace_strict(buckets, return_dtype=words)
        parts.append(part.select("person_id", bucket.alias("bucket"), (pl.col("amount_fen") * sign)))
    summed = pl.concat(parts).group_by("person_id", "bucket").agg(pl.col("amount_fen").sum())
    return summed.filter(pl.col("amount_fen") != 0).with_columns(pl.col("bucket").cast(pl.String)).sort("person_id", "bucket")


def control_differences(
    sub_ledger: pl.DataFrame, postings: pl.DataFrame, chart: Chart, opening: dict[str, int] | None = None
) -> pl.DataFrame:
    """Sub-ledger against control accounts, by bucket: bucket, sub_ledger_fen, control_fen. Empty when equal.

    ``sub_ledger`` has bucket and amount_fen of all persons. ``opening``: control totals the office typed in, by
    bucket; they must equal what the opening entries posted, and a difference is a row ``opening:<bucket>``.
    """
    trial = {row["account"]: -row["balance_fen"] for row in trial_balance(postings).iter_rows(named=True)}
    control: dict[str, int] = {}
    for number, account in chart.accounts.items():
        if account.bucket:
            control[account.bucket] = control.get(account.bucket, 0) + trial.get(number, 0)
    kept: dict[str, int] = dict(sub_ledger.group_by("bucket").agg(pl.col("amount_fen").sum()).iter_rows())
    rows = [(bucket, kept.get(bucket, 0), fen) for bucket, fen in control.items()]
    rows += [(bucket, fen, 0) for bucket, fen in kept.items() if bucket not in control]
    for bucket, number in OPENING_BUCKET.items():
        if opening is not None:
            rows.append((f"opening:{bucket}", trial.get(number, 0), opening.get(bucket, 0)))
    schema = {"bucket": pl.String, "sub_ledger_fen": pl.Int64, "control_fen": pl.Int64}
    found = pl.DataFrame(rows, schema=schema, orient="row")
    return found.filter(pl.col("sub_ledger_fen") != pl.col("control_fen")).sort("bucket")
