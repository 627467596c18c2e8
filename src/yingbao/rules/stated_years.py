"""Paid years as a register states them: how many by a month and, where it says so, which."""

from __future__ import annotations

import re

import polars as pl

from yingbao.rules.relations import Facts, month_number
from yingbao.values.facts import FactKind

# ``stated_in``: the month of the statement; what was paid by its end is in its count.
STATED = {"person_id": pl.Int64, "stated_in": pl.Int32, "number": pl.Int64, "value": pl.String}
LISTED = {"person_id": pl.Int64, "year": pl.Int32, "stated_in": pl.Int32}
_LIST = re.compile(r"\d{4}(-\d{4})?([ ,，、]+\d{4}(-\d{4})?)*")


def years_named(text: str | None) -> list[int] | None:
    """``2011-2013、2016`` as years, in order; None where the text is no such list."""
    if text is None or not _LIST.fullmatch(text.strip()):
        return None
    found: set[int] = set()
    for first, _, last in (one.partition("-") for one in re.split(r"[ ,，、]+", text.strip())):
        found.update(range(int(first), int(last or first) + 1))
    return sorted(found)


def stated(facts: Facts) -> pl.DataFrame:
    """The latest statement of each person: STATED."""
    told = facts.of(FactKind.PAID_YEARS).sort("holds_from", "fact_id").unique("person_id", keep="last", maintain_order=True)
    return told.select("person_id", month_number("holds_from").alias("stated_in"), "number", "value")


def listed(facts: Facts) -> pl.DataFrame:
    """The years that the latest statements name one by one: LISTED. Most registers name none."""
    texts = facts.of(FactKind.PAID_YEARS)["value"].drop_nulls().unique().to_list()
    known = {text: years for text in texts if (years := years_named(text))}
    if not known:
        return pl.DataFrame(schema=LISTED)
    table = pl.DataFrame({"value": list(known), "year": list(known.values())}, schema={"value": pl.String, "year": pl.List(pl.Int32)})
    return stated(facts).join(table, on="value").explode("year").select(*LISTED)
