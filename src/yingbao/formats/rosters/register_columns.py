"""The columns of the county's present register, and the fast way to clean many rows at once.

The fast way takes only what is plainly written; every other row goes the slow way, one by one, with reasons.
"""

from __future__ import annotations

import polars as pl

from yingbao.formats.rosters.clean_values import folded

AMOUNTS = (
    "account_own", "account_province", "account_city", "account_county", "account_subsidy", "account_collective",
    "account_proxy", "account_transferred", "account_interest", "account_total",
    "base_pension", "account_pension", "county_top_up", "pension_total",
)  # fmt: skip
TEXTS = ("town", "village", "division_code", "address", "bank_name", "person_key")
# Raw columns that are cleaned; each is text or null.
RAW = ("name", "id", "sex", "birth", *TEXTS, "enrolled_on", "status", "payment_state", "paid_years", "paid_months",
       *AMOUNTS, "pension_from", "account", "remark")  # fmt: skip

# The cleaned frame: fen are int64, months int32 (year*12 + month-1), dates pl.Date; id and account in clear.
SCHEMA: dict[str, pl.DataType] = {
    "sheet": pl.String(), "row": pl.Int64(), "name": pl.String(), "id": pl.String(), "alias_15": pl.String(),
    "sex": pl.String(), "birth": pl.Date(), **{name: pl.String() for name in TEXTS},
    "enrolled_on": pl.Date(), "state": pl.String(), "paid_years": pl.Int64(),
    **{f"{name}_fen": pl.Int64() for name in AMOUNTS},
    "pension_from_month": pl.Int32(), "account": pl.String(), "remark": pl.String(), "notes": pl.String(),
}  # fmt: skip

_STATE_BY_PAIR = {
    ("1", "1"): "paying", ("2", "2"): "paused_paying", ("1", "3"): "receiving",
    ("2", "3"): "paused_receiving", ("4", "3"): "ended",
}  # fmt: skip
_STATE_BY_WORD = {
    "正常缴费": "paying", "参保缴费": "paying", "缴费": "paying", "在缴": "paying", "正常参保": "paying", "参保": "paying",
    "暂停缴费": "paused_paying", "中断缴费": "paused_paying", "暂停参保": "paused_paying", "停缴": "paused_paying",
    "正常待遇": "receiving", "待遇领取": "receiving", "领取待遇": "receiving", "在领": "receiving", "领取": "receiving",
    "正常发放": "receiving", "待遇享受": "receiving", "享受待遇": "receiving", "正常领取": "receiving",
    "暂停待遇": "paused_receiving", "待遇暂停": "paused_receiving", "暂停发放": "paused_receiving",
    "终止参保": "ended", "终止": "ended", "注销": "ended", "退保": "ended", "终止缴费": "ended",
    "已终止": "ended", "已注销": "ended", "参保终止": "ended", "注销参保": "ended", "关系终止": "ended", "终止待遇": "ended",
    "待遇终止": "ended", "死亡": "ended", "已死亡": "ended", "身故": "ended", "死亡终止": "ended", "死亡注销": "ended",
    "转出": "ended", "已转出": "ended", "关系转出": "ended", "转移": "ended", "转移终止": "ended",
}  # fmt: skip
_FIRST = {"正常参保": "1", "参保": "1", "正常": "1", "暂停参保": "2", "暂停": "2", "终止参保": "4", "终止": "4",
          "已终止": "4", "注销": "4", "已注销": "4", "死亡": "4", "已死亡": "4", "转出": "4", "已转出": "4"}  # fmt: skip
_SECOND = {"参保缴费": "1", "正常缴费": "1", "缴费": "1", "正常": "1", "暂停缴费": "2", "暂停": "2", "中断": "2",
           "终止缴费": "3", "终止": "3", "停止缴费": "3", "待遇": "3", "待遇领取": "3", "正常待遇": "3", "领取": "3"}  # fmt: skip


def register_state_of(status: str | None, payment: str | None, *, has_pension: bool) -> str | None:
    """``paying``, ``paused_paying``, ``receiving``, ``paused_receiving`` or ``ended``; None for a pair that is none.

    The pairs are (参保状态, 缴费状态) codes or words; with one column the word says all.
    """
    first, second = folded(status or ""), folded(payment or "")
    if not first and not second:
        return "receiving" if has_pension else "paying"
    if first and second:
        pair = (_FIRST.get(first, first.removesuffix(".0")), _SECOND.get(second, second.removesuffix(".0")))
        if pair in _STATE_BY_PAIR:
            return _STATE_BY_PAIR[pair]
        # Both columns may carry the whole word: 正常待遇, 正常待遇.
        words = {_STATE_BY_WORD.get(first), _STATE_BY_WORD.get(second)}
        return words.pop() if len(words) == 1 else None
    only = first or second
    if only in ("1", "1.0"):
        return "receiving" if has_pension else "paying"
    return _STATE_BY_WORD.get(only) or {"2": "paused_receiving" if has_pension else "paused_paying", "4": "ended"}.get(only)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def good_id(column: str) -> pl.Expr:
    """True where the text is an 18-character ID with a real date and its check digit."""
    text = pl.col(column)
    digits = text.str.contains(r"^\d{17}[\dX]$")
    total = sum(
        (text.str.slice(place, 1).cast(pl.Int32, strict=False) * weight for place, weight in enumerate(_WEIGHTS)),
        pl.lit(0, pl.Int32),
    )
    expected = (total % 11).replace_strict(list(range(11)), list(_CHECK), return_dtype=pl.String, default=None)
    dated = text.str.slice(6, 8).str.to_date("%Y%m%d", strict=False).is_not_null()
    return (digits & dated & (expected == text.str.slice(17, 1))).fill_null(value=False)


def day(column: str) -> pl.Expr:
    """A date of 2018-09-06, 20180906, 2018/09/06, or a month as its first day; null when not plain."""
    plain = pl.col(column).str.replace_all(r"[-/]", "")
    whole = pl.when(plain.str.len_chars() == 6).then(plain + "01").otherwise(plain)  # noqa: PLR2004 - yyyymm
    shaped = pl.col(column).str.contains(r"^\d{4}([-/]?)\d{2}(?:[-/]?\d{2})?$")
    return pl.when(shaped).then(whole.str.to_date("%Y%m%d", strict=False))


def fen(column: str) -> pl.Expr:
    """Plain yuan as fen, by whole numbers only; null when not plain."""
    text = pl.col(column)
    whole = text.str.extract(r"^(\d{1,9})(?:\.\d{1,2})?$", 1).cast(pl.Int64)
    part = text.str.extract(r"^\d{1,9}\.(\d{1,2})$", 1).str.pad_end(2, "0").cast(pl.Int64)
    return whole * 100 + part.fill_null(0)


def plainly_written(raw: pl.DataFrame) -> pl.DataFrame:
    """The raw frame with ``fast``: True where every cell is plain and nothing contradicts."""

    def fits(column: str, parsed: pl.Expr) -> pl.Expr:
        return pl.col(column).is_null() | parsed.is_not_null()

    tests = [
        good_id("id"),
        pl.col("name").str.contains(r"^[\x{4e00}-\x{9fff}]{2,4}$").fill_null(value=False),
        pl.col("name").str.contains(r"(已故|死亡|去世|户主|迁出|配偶|之子|之女|之妻|孤儿)$").not_(),
        *[fits(name, fen(name)) for name in AMOUNTS],
        *[fits(name, day(name)) for name in ("enrolled_on", "pension_from", "birth")],
        pl.col("birth").is_null()
        | (pl.col("birth").str.replace_all(r"[-/]", "") == pl.col("id").str.slice(6, 8)).fill_null(value=False),
        pl.col("sex").is_null() | pl.col("sex").is_in(["男", "女"]) & (_sex_of_id() == pl.col("sex")),
        pl.col("paid_years").is_null() | pl.col("paid_years").str.contains(r"^\d{1,2}$"),
        pl.col("paid_months").is_null(),
        pl.col("account").is_null() | pl.col("account").str.contains(r"^\d{8,32}$"),
        pl.col("hidden").not_(),
    ]
    return raw.with_columns(pl.all_horizontal(tests).fill_null(value=False).alias("fast"))


def _sex_of_id() -> pl.Expr:
    odd = pl.col("id").str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1
    return pl.when(odd).then(pl.lit("男")).otherwise(pl.lit("女"))


def cleaned(fast: pl.DataFrame) -> pl.DataFrame:
    """Plain rows in the columns of SCHEMA, ``state`` still null where unknown."""
    start = day("pension_from")
    pairs = fast.select("status", "payment_state", start.is_not_null().alias("has_pension")).unique()
    states = [register_state_of(row[0], row[1], has_pension=row[2]) for row in pairs.iter_rows()]
    table = pairs.with_columns(pl.Series("state", states, dtype=pl.String))
    joined = fast.with_columns(start.is_not_null().alias("has_pension")).join(
        table, on=["status", "payment_state", "has_pension"], how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select(
        "sheet", "row", "name", "id", pl.lit(None, pl.String).alias("alias_15"),
        pl.when(_sex_of_id() == "男").then(pl.lit("male")).otherwise(pl.lit("female")).alias("sex"),
        pl.col("id").str.slice(6, 8).str.to_date("%Y%m%d").alias("birth"),
        *TEXTS, day("enrolled_on").alias("enrolled_on"), "state", pl.col("paid_years").cast(pl.Int64),
        *[fen(name).alias(f"{name}_fen") for name in AMOUNTS],
        (start.dt.year() * 12 + start.dt.month() - 1).cast(pl.Int32).alias("pension_from_month"),
        "account", "remark", pl.lit(None, pl.String).alias("notes"),
    )  # fmt: skip
