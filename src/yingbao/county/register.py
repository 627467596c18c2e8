"""The county's present register as its old system exports it, and the totals its books show.

It is the state after the November 2018 payroll. All amounts are whole fen; a pensioner's account
columns are what is left of the account, and the monthly account pension is the balance at award
divided by 139, half up.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from yingbao.county import numbers
from yingbao.county.people import County
from yingbao.county.places import villages
from yingbao.values.money import yuan_plain
from yingbao.values.month import Month, month_of

Ints = npt.NDArray[np.int64]

PAID_THROUGH: Month = month_of(2018, 11)  # the last month the old system paid
SCHEME_START: Month = month_of(2010, 1)  # of the made-up county; who was 60 then paid nothing in
BASE_FEN = 13_500
_DIVISOR = 139
_FULL_YEARS = 15
# Yearly tiers in yuan and how many of a hundred choose each; the subsidy is 30, from 500 on 60 yuan.
_TIERS = np.array([100] * 44 + [300] * 20 + [500] * 16 + [600] * 5 + [800] * 4 + [1000] * 6 + [1500] * 3 + [2500] * 2)

BUCKETS = (
    ("own", "个人账户-个人缴费"), ("province", "个人账户-省级补贴"), ("city", "个人账户-市级补贴"),
    ("county", "个人账户-县级补贴"), ("collective", "个人账户-集体补助"), ("proxy", "个人账户-政府代缴"),
    ("interest", "个人账户-利息"),
)  # fmt: skip
_BANKS = ("江苏如皋农村商业银行", "中国邮政储蓄银行如皋市支行", "中国农业银行如皋市支行")


def _months(days: pl.Series) -> Ints:
    found: Ints = (days.dt.year().cast(pl.Int64) * 12 + days.dt.month() - 1).to_numpy()
    return found


def _half_up(amount: Ints, divisor: int) -> Ints:
    """Amounts here are never negative, so the floor of the shifted quotient is half up."""
    rounded: Ints = (2 * amount + divisor) // (2 * divisor)
    return rounded


def _paid_years(rng: np.random.Generator, birth_month: Ints, pension: npt.NDArray[np.bool_], poor: Ints) -> Ints:
    """Whole years paid: since 16 and the scheme's start with gaps; the old have made up to fifteen."""
    grown = np.clip((PAID_THROUGH - birth_month) // 12 - 16, 0, 9)
    years = np.maximum(grown - rng.integers(0, 3, len(grown)), 0)
    made_up = (birth_month < month_of(1964, 1)) & (rng.random(len(grown)) < 0.85)
    years = np.where(made_up, _FULL_YEARS, years)
    years = np.where(poor & ~pension & ~made_up, np.minimum(years, rng.integers(0, 6, len(years))), years)
    old_at_start = birth_month + 60 * 12 < SCHEME_START
    result: Ints = np.where(pension, np.where(old_at_start, 0, _FULL_YEARS), years)
    return result


def _paid_in(rng: np.random.Generator, years: Ints, poor: Ints) -> dict[str, Ints]:
    """The account by bucket, fen, before any pension was taken out of it."""
    count = len(years)
    tier = np.where(poor, 100, rng.choice(_TIERS, size=count))
    proxied = np.where(poor, np.minimum(years, rng.integers(0, 3, count)), 0)
    share_fen = np.where(tier < 500, 1_000, 2_000)  # a third of the subsidy from each level
    paid = {
        "own": tier * 100 * (years - proxied),
        "province": share_fen * years,
        "city": share_fen * years,
        "county": share_fen * years,
        "collective": np.where(rng.random(count) < 0.02, 5_000 * years, 0),
        "proxy": 10_000 * proxied,
    }
    # Three quarters of a percent a year on the whole: one and a half on an account that grew evenly.
    paid["interest"] = sum(paid.values(), np.zeros(count, dtype=np.int64)) * years * 75 // 10_000
    return paid


def _drawn_down(paid: dict[str, Ints], monthly: Ints, months: Ints) -> dict[str, Ints]:
    """What the pension left, each bucket in its proportion; the odd fen stay with the own payments."""
    whole = sum(paid.values(), np.zeros(len(monthly), dtype=np.int64))
    left = np.maximum(whole - monthly * months, 0)
    kept = {name: amount * left // np.maximum(whole, 1) for name, amount in paid.items()}
    kept["own"] = kept["own"] + left - sum(kept.values())
    return kept


def register_of(county: County) -> pl.DataFrame:
    """One row a person on the register.

    number i64, enrolled Date, state, payment_state, paid_years i64, account buckets ``<name>_fen`` i64,
    award_month i64|null, base_fen i64|null, account_pension_fen i64|null, bank, account, personal_number.
    """
    rng = np.random.Generator(np.random.PCG64(county.seed + 1))
    people = county.people.filter(pl.col("role") != "outsider")
    birth_month = _months(people["birth"])
    pension = (people["role"] == "pensioner").to_numpy()
    poor = (people["pattern"] != "").to_numpy()
    years = _paid_years(rng, birth_month, pension, poor)
    paid = _paid_in(rng, years, poor)
    whole = sum(paid.values(), np.zeros(len(years), dtype=np.int64))
    monthly = np.where(pension, _half_up(whole, _DIVISOR), 0)
    award = np.maximum(birth_month + 60 * 12 + 1, SCHEME_START)
    kept = _drawn_down(paid, monthly, np.where(pension, PAID_THROUGH - award + 1, 0))
    adult = people["birth"].dt.offset_by("16y").to_numpy().astype("datetime64[D]")
    enrolled = np.maximum(adult, np.datetime64("2010-01-01")) + rng.integers(0, 300, len(adult))
    sixty = np.maximum(
        people["birth"].dt.offset_by("60y").to_numpy().astype("datetime64[D]"), np.datetime64("2010-01-01")
    )
    enrolled = np.minimum(np.minimum(enrolled, sixty), np.datetime64("2018-10-31"))
    paused = poor & ~pension & (rng.random(len(years)) < 0.5)
    account = numbers.account_numbers(rng, len(people))
    without = rng.random(len(people)) < np.where(pension, 0.002, 0.05)
    bank = pl.Series(_BANKS).gather(rng.choice(3, size=len(people), p=[0.86, 0.1, 0.04]))
    return people.select("number").with_columns(
        enrolled=pl.Series(enrolled, dtype=pl.Date),
        state=pl.Series(["正常参保", "暂停参保"]).gather(paused.astype(np.int64)),
        payment_state=pl.Series(["参保缴费", "暂停缴费", "终止缴费"]).gather(np.where(pension, 2, paused)),
        paid_years=pl.Series(years),
        **{f"{name}_fen": pl.Series(kept[name]) for name, _ in BUCKETS},
        award_month=pl.Series(award).set(~pl.Series(pension), None),
        base_fen=pl.Series(np.full(len(years), BASE_FEN)).set(~pl.Series(pension), None),
        account_pension_fen=pl.Series(monthly).set(~pl.Series(pension), None),
        bank=bank.set(pl.Series(without), None),
        account=account.set(pl.Series(without), None),
        personal_number=pl.Series(np.arange(len(people)) + 3_206_820_000).cast(pl.String),
    )


def _yuan(column: str) -> pl.Expr:
    """Fen as yuan text with two decimals; nothing stays nothing. Amounts here are never negative."""
    fen = pl.col(column)
    return (fen // 100).cast(pl.String) + "." + (fen % 100).cast(pl.String).str.zfill(2)


def register_rows(county: County, register: pl.DataFrame) -> pl.DataFrame:
    """The register under the headings of the export, all text, in the order of the villages."""
    named = villages().select("village", "village_name", "town_name")
    whole = register.join(county.people, on="number", how="left").join(named, on="village", how="left")
    month = pl.col("award_month")
    return whole.sort("village", "number").select(
        pl.col("number"),
        pl.col("personal_number").alias("个人编号"),
        pl.col("name").alias("姓名"),
        pl.col("id18").alias("公民身份号码"),
        pl.col("sex").alias("性别"),
        pl.col("birth").dt.to_string("%Y-%m-%d").alias("出生日期"),
        pl.col("village").alias("村代码"),
        pl.col("village_name").alias("村"),
        pl.col("town_name").alias("镇"),
        pl.col("enrolled").dt.to_string("%Y-%m-%d").alias("参保日期"),
        pl.col("state").alias("参保状态"),
        pl.col("payment_state").alias("缴费状态"),
        pl.col("paid_years").cast(pl.String).alias("共缴年限"),
        *(_yuan(f"{name}_fen").alias(zh) for name, zh in BUCKETS),
        ((month // 12).cast(pl.String) + "-" + (month % 12 + 1).cast(pl.String).str.zfill(2)).alias("待遇领取年月"),
        _yuan("base_fen").alias("月基础养老金"),
        _yuan("account_pension_fen").alias("月个人账户养老金"),
        pl.col("bank").alias("开户银行"),
        pl.col("account").alias("银行账号"),
    )


# Rows of the register that the old system let through: (what, column, change).
_FLAWS: tuple[tuple[str, int], ...] = (
    ("check_digit", 9), ("birth_differs", 12), ("blank_name", 21), ("inner_space", 19), ("lower_x", 5),
    ("sex_differs", 13),
)  # fmt: skip


def _spoilt(what: str, row: dict[str, str | None]) -> dict[str, str | None]:
    """One row with one flaw. Amounts are never touched: the control totals must still be reachable."""
    id18, name = str(row["公民身份号码"]), str(row["姓名"])
    change: dict[str, dict[str, str]] = {
        "check_digit": {"公民身份号码": id18[:17] + ("1" if id18[17] != "1" else "2")},
        "birth_differs": {"出生日期": f"{str(row['出生日期'])[:4]}-01-01"},
        "blank_name": {"姓名": ""},
        "inner_space": {"姓名": name[:1] + "　" + name[1:]},
        "lower_x": {"公民身份号码": id18.lower()},
        "sex_differs": {"性别": "男" if row["性别"] == "女" else "女"},
    }
    return row | change[what]


def with_flaws(county: County, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A few dirty rows (about 1 in 10,000, at least six), and the truth: row i64, number i64, kind i64."""
    rng = np.random.Generator(np.random.PCG64(county.seed + 2))
    count = max(len(_FLAWS), len(rows) // 10_000)
    where = np.sort(rng.choice(np.flatnonzero(rows["number"].to_numpy() > 100), size=count, replace=False))
    spoilt, truth = [], []
    for turn, place in enumerate(where.tolist()):
        what, kind = _FLAWS[turn % len(_FLAWS)]
        row = rows.row(place, named=True)
        spoilt.append(_spoilt(what, row))
        truth.append((place + 2, row["number"], kind))
    changed = pl.DataFrame(spoilt, schema=rows.schema)
    rows = rows.with_columns(
        [rows[name].scatter(where, changed[name]) for name in ("姓名", "公民身份号码", "出生日期", "性别")]
    )
    return rows, pl.DataFrame(truth, schema=["row", "number", "kind"], orient="row")


def control_totals(register: pl.DataFrame) -> dict[str, str | int]:
    """What the office reads from its books: persons, payers, pensioners, and yuan text by bucket and month."""
    totals = register.select(pl.col("^.*_fen$").sum()).row(0, named=True)
    pensioners = register["award_month"].count()
    shown = {f"{name}_yuan": yuan_plain(totals[f"{name}_fen"]) for name, _ in BUCKETS}
    shown |= {f"monthly_{name}_yuan": yuan_plain(totals[f"{name}_fen"]) for name in ("base", "account_pension")}
    return {
        "paid_through": "2018-11", "persons": len(register), "payers": len(register) - pensioners,
        "pensioners": pensioners, **shown,
    }  # fmt: skip


def write_register(county: County, folder: Path) -> tuple[Path, Path, pl.DataFrame]:
    """Write ``居保参保登记册2018年11月.csv`` (UTF-8) and ``控制数.json``; give both and the truth of the flaws."""
    register = register_of(county)
    rows, truth = with_flaws(county, register_rows(county, register))
    csv, totals = folder / "居保参保登记册2018年11月.csv", folder / "控制数.json"
    rows.drop("number").write_csv(csv)
    totals.write_text(json.dumps(control_totals(register), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return csv, totals, truth
