"""The opening register into the store, in columns: people, facts, accounts, statements, raw rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from yingbao.ledger import postings
from yingbao.ledger.chart import OPENING_COUNTERPART, PAYABLE
from yingbao.rules.endings import STATED
from yingbao.store import bulk, journal, sealed
from yingbao.store.models import Fact, Person, Posting, SourceBlock, SourceFile, SourceRecord
from yingbao.store.people import PLACES
from yingbao.store.sources import BLOCK
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import FactKind
from yingbao.values.money import fen_of_yuan
from yingbao.values.month import Month, first_day, last_day
from yingbao.values.purpose import Item

if TYPE_CHECKING:
    from yingbao.formats.rosters.records import Record
    from yingbao.formats.rosters.register import RegisterReading

# The register's account columns → the bucket of the chart (ledger.chart.OPENING_BUCKET).
BUCKETS = {
    "account_own": "own", "account_province": "province", "account_city": "city", "account_county": "county",
    "account_collective": "collective", "account_proxy": "proxy", "account_interest": "interest",
}  # fmt: skip
PENSIONS = {
    "base_pension": Item.BASE_PENSION, "account_pension": Item.ACCOUNT_PENSION, "county_top_up": Item.COUNTY_TOP_UP,
}  # fmt: skip
TOTAL_ZH = {
    "persons": "人数", "payers": "缴费人数", "pensioners": "领取人数",
    "account_own_fen": "个人缴费", "account_province_fen": "省级补贴", "account_city_fen": "市级补贴",
    "account_county_fen": "县级补贴", "account_collective_fen": "集体补助", "account_proxy_fen": "政府代缴",
    "account_interest_fen": "利息", "base_pension_fen": "月基础养老金", "account_pension_fen": "月个人账户养老金",
}  # fmt: skip
_AMOUNTS = (*BUCKETS, *PENSIONS)
# The columns of a reading that are kept as facts and balances; the others stand in the raw cells.
_KEPT = ("sheet", "row", "name", "id", "sex", "birth", "division_code", "enrolled_on", "state", "paid_years", "pension_from_month",
         "account", "bank_name", "notes", *(f"{name}_fen" for name in _AMOUNTS))  # fmt: skip


def sums(reading: RegisterReading) -> dict[str, int]:
    """What the good rows add up to: persons, payers, pensioners, and fen by column."""
    stored = reading.stored
    pensioners = int(stored["state"].is_in(["receiving", "paused_receiving"]).sum())
    found = {"persons": stored.height, "pensioners": pensioners, "payers": stored.height - pensioners}
    return {**found, **{f"{name}_fen": int(stored[f"{name}_fen"].fill_null(0).sum()) for name in _AMOUNTS}}


def sums_of_rejected(reading: RegisterReading) -> dict[str, int]:
    """The same of the rejected rows, as far as their cells can be read."""
    found = dict.fromkeys(("persons", "pensioners", "payers", *(f"{name}_fen" for name in _AMOUNTS)), 0)
    mappings = {sheet.name: sheet.mapping for sheet in reading.sheets}
    for record in reading.rejected:
        mapping = mappings[record.sheet]
        found["persons"] += 1
        pensioner = bool(record.cells.get(mapping.get("pension_from", ""), "").strip())
        found["pensioners" if pensioner else "payers"] += 1
        for name in _AMOUNTS:
            found[f"{name}_fen"] += _fen(record, mapping.get(name))
    return found


def _fen(record: Record, column: str | None) -> int:
    text = record.cells.get(column or "", "").replace(",", "").strip()
    try:
        return fen_of_yuan(text) if text else 0
    except YingbaoError:
        return 0


_AT_ONCE = 50_000  # people whose facts are in memory together: all at once would be gigabytes


def keep(
    file: SourceFile, reading: RegisterReading, opening_month: Month, statement_from: Month, told_at: date, act_seq: int
) -> dict[str, int]:
    """Write everything of the register; rows written by table."""
    first = file.pool * PLACES + 1
    numbered = reading.stored.select(_KEPT).sort("sheet", "row").with_row_index("_place").with_columns(
        (pl.col("_place").cast(pl.Int64) + first).alias("person_id")).drop("_place")  # fmt: skip
    people = numbered.with_columns(pl.Series("id_index", sealed.indexes_of_ids(numbered["id"].to_list()), pl.String))
    facts = 0
    for part in people.iter_slices(_AT_ONCE):
        _keep_people(file, part, act_seq)
        facts += _keep_facts(file, _facts(part, opening_month), told_at, act_seq)
    _statements(file, people, opening_month, statement_from, told_at, act_seq)
    entry = journal.new_entry(file.pool, "opening_accounts", run_id=None, on=told_at, act_seq=act_seq,
                              reason="期初：个人账户余额", citation=f"期初登记 {file.name}")  # fmt: skip
    for part in people.iter_slices(_AT_ONCE):
        bulk.write(Posting, postings.open_accounts(_balances(part), month=opening_month - 1, entry_id=entry, pool=file.pool))
    _keep_rows(file, reading, people)
    bulk.analyse(Person, Fact, Posting, SourceRecord)
    return {"person": people.height, "fact": facts}


def _keep_people(file: SourceFile, people: pl.DataFrame, act_seq: int) -> None:
    sealed_ids = sealed.seal_ids(people["id"].to_list(), people["person_id"].to_list())
    bulk.write(Person, people.select(
        pl.col("person_id").alias("id"), pl.lit(file.pool, pl.Int32).alias("pool"), "name",
        pl.Series("id_cipher", sealed_ids, pl.String), "id_index", pl.col("sex").fill_null(""),
        pl.lit(act_seq, pl.Int64).alias("act_seq"),
    ))  # fmt: skip


def _keep_facts(file: SourceFile, facts: pl.DataFrame, told_at: date, act_seq: int) -> int:
    return bulk.write(Fact, facts.sort("person_id", "kind").with_columns(
        pl.lit(file.pool, pl.Int32).alias("pool"), pl.lit(told_at).alias("told_at"),
        pl.lit(act_seq, pl.Int64).alias("act_seq"), pl.lit(file.pk, pl.Int64).alias("source_file_id"),
        pl.lit(None, pl.Date).alias("holds_until"),
    ))  # fmt: skip


def _facts(people: pl.DataFrame, opening_month: Month) -> pl.DataFrame:
    """All facts the register states: columns of Fact but for what is the same in all."""
    epoch, today = date(1900, 1, 1), first_day(opening_month)
    before = last_day(opening_month - 1)  # what is paid from the opening month on is not in the count yet
    receiving = people.filter(pl.col("state").is_in(["receiving", "paused_receiving"]))
    month = pl.col("pension_from_month").fill_null(opening_month // 12 * 12)
    since = pl.date(month // 12, month % 12 + 1, 1)
    birth = pl.col("birth")
    parts = [
        _part(people, FactKind.BIRTH, birth,
              number=birth.dt.year().cast(pl.Int64) * 10000 + birth.dt.month().cast(pl.Int64) * 100 + birth.dt.day()),
        _part(people.filter(pl.col("division_code").str.len_chars() == 12),  # noqa: PLR2004 - digits of a village code
              FactKind.HOUSEHOLD_REGISTRATION, pl.lit(epoch), value=pl.col("division_code")),
        _part(people.filter(pl.col("state") != "ended"), FactKind.ENROLMENT, pl.col("enrolled_on").fill_null(today)),
        _part(people.filter(pl.col("paid_years").is_not_null()), FactKind.PAID_YEARS, pl.lit(before),
              number=pl.col("paid_years")),
        # Over before the books began, nobody knows since when: from the opening month on.
        _part(people.filter(pl.col("state") == "ended"), FactKind.RELATION_ENDED, pl.lit(before), value=pl.lit(STATED)),
        _part(people.filter(pl.col("state") == "paused_receiving"), FactKind.HOLD, pl.lit(today),
              value=pl.lit("other")),
        _accounts_told(people.filter(pl.col("account").is_not_null())),
    ]  # fmt: skip
    for column, item in PENSIONS.items():
        paid = receiving.filter(pl.col(f"{column}_fen").fill_null(0) > 0)
        parts.append(_part(paid, FactKind.PENSION_IN_PAYMENT, since, value=pl.lit(item.key), number=pl.col(f"{column}_fen")))
    return pl.concat(parts)


def _part(
    people: pl.DataFrame, kind: FactKind, begins: pl.Expr, *, value: pl.Expr | None = None, number: pl.Expr | None = None
) -> pl.DataFrame:
    nothing = pl.lit(None, pl.String)
    return people.select(
        "person_id", pl.lit(int(kind), pl.Int16).alias("kind"),
        (nothing if value is None else value.cast(pl.String)).alias("value"),
        (pl.lit(None, pl.Int64) if number is None else number.cast(pl.Int64)).alias("number"),
        nothing.alias("secret"), nothing.alias("secret_index"), begins.cast(pl.Date).alias("holds_from"),
        pl.col("row").cast(pl.Int32).alias("source_row"),
    )  # fmt: skip


def _accounts_told(people: pl.DataFrame) -> pl.DataFrame:
    """Bank accounts, sealed."""
    clear, numbers = people["account"].to_list(), people["person_id"].to_list()
    told = _part(people, FactKind.BANK_ACCOUNT, pl.lit(date(1900, 1, 1)), value=pl.col("bank_name").fill_null(""))
    return told.with_columns(
        pl.Series("secret", sealed.seal_accounts(clear, numbers), pl.String),
        pl.Series("secret_index", sealed.indexes_of_accounts(clear), pl.String),
    )


def _statements(
    file: SourceFile, people: pl.DataFrame, opening_month: Month, statement_from: Month, on: date, act_seq: int
) -> None:
    """Pensions before the opening month: recognised and disbursed by statement, marked as such."""
    start = pl.col("pension_from_month").fill_null(statement_from).clip(lower_bound=statement_from)
    told = people.select("person_id", "state", "pension_from_month", *(f"{column}_fen" for column in PENSIONS))
    paid = told.filter((pl.col("state") == "receiving") & (start < opening_month))
    spans = [
        paid.filter(pl.col(f"{column}_fen").fill_null(0) > 0).select(
            "person_id", pl.lit(int(item), pl.Int16).alias("item"), start.cast(pl.Int32).alias("from_month"),
            pl.lit(opening_month, pl.Int32).alias("until_month"), pl.col(f"{column}_fen").alias("monthly_fen"))
        for column, item in PENSIONS.items()
    ]  # fmt: skip
    lines = pl.concat(spans).sort("person_id", "item", "from_month")
    for kind, reason, debit, credit in (
        ("opening_recognised", "期初：按旧系统应发", OPENING_COUNTERPART, PAYABLE),
        ("opening_disbursed", "期初：按旧系统已发", PAYABLE, OPENING_COUNTERPART),
    ):
        entry = journal.new_entry(file.pool, kind, run_id=None, on=on, act_seq=act_seq, reason=reason,
                                  citation=f"期初登记 {file.name}")  # fmt: skip
        months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
        journal.post_frame(lines.with_columns(
            pl.lit(entry, pl.Int64).alias("entry_id"), pl.lit(file.pool, pl.Int64).alias("pool"),
            (pl.col("monthly_fen") * months).alias("amount_fen"), pl.lit(debit, pl.Int64).alias("debit"),
            pl.lit(credit, pl.Int64).alias("credit"),
        ))  # fmt: skip


def _balances(people: pl.DataFrame) -> pl.DataFrame:
    """Individual accounts by money source: ``person_id, bucket, amount_fen``."""
    return pl.concat([
        people.select("person_id", pl.lit(bucket).alias("bucket"), pl.col(f"{column}_fen").fill_null(0).alias("amount_fen"))
        for column, bucket in BUCKETS.items()
    ])  # fmt: skip


def _keep_rows(file: SourceFile, reading: RegisterReading, people: pl.DataFrame) -> None:
    """Every row of the file with its disposition, and the raw cells sealed in blocks."""
    kept = ["sheet", "row", "disposition", "reasons", "person_id", "id_index", "name", "village"]
    good = people.select("sheet", "row", pl.lit("stored").alias("disposition"), pl.col("notes").alias("reasons"),
                         "person_id", "id_index", "name", pl.col("division_code").alias("village"))  # fmt: skip
    rest = pl.DataFrame(
        [(one.sheet, one.row, one.disposition, ",".join(one.codes), None, None, one.fields.name, None)
         for one in (*reading.rejected, *reading.ignored)],
        schema={name: good.schema[name] for name in kept}, orient="row",
    )  # fmt: skip
    rows = pl.concat([good, rest]).sort("sheet", "row").with_row_index("number", offset=1)
    bulk.write(SourceRecord, rows.with_columns(
        pl.lit(file.pk, pl.Int64).alias("source_file_id"), pl.lit(file.pool, pl.Int32).alias("pool"),
        pl.lit(0, pl.Int16).alias("part"), pl.col("number").cast(pl.Int32), pl.col("row").cast(pl.Int32),
        pl.col("reasons").fill_null(""),
    ))  # fmt: skip
    ignored = {(one.sheet, one.row): one.line for one in reading.ignored}
    # Block by block: the cells of half a million rows as Python's own text would be more than all the rest together.
    blocks = [(file.pk, int(part["number"][0]), int(part["number"][-1]), sealed.seal_cells(_cells(part, ignored), file.pk))
              for part in _with_cells(rows, reading.raw)]  # fmt: skip
    bulk.write(SourceBlock, pl.DataFrame(blocks, orient="row", schema={
        "source_file_id": pl.Int64, "first_number": pl.Int32, "last_number": pl.Int32,
        "cipher": pl.String}))  # fmt: skip


def _with_cells(rows: pl.DataFrame, raw: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Rows in the order of their numbers, a block at a time, with their raw cells, where they have any: ``number, sheet, row`` first."""
    place = raw.select("sheet", "row").with_row_index("place")
    placed = rows.select("number", "sheet", "row").join(place, on=["sheet", "row"], how="left").sort("number")
    cells = raw.drop("sheet", "row")
    for part in placed.iter_slices(BLOCK):
        yield pl.concat([part.drop("place"), cells.select(pl.all().gather(part["place"]))], how="horizontal")


def _cells(part: pl.DataFrame, ignored: Mapping[tuple[str, int], list[str]]) -> list[list[str]]:
    """The raw cells of some rows (``number, sheet, row``, then the cells); an ignored row has them by itself."""
    return [
        ["" if cell is None else str(cell) for cell in cells] if any(cell is not None for cell in cells)
        else ignored.get((sheet, row), [])
        for _, sheet, row, *cells in part.iter_rows()
    ]  # fmt: skip
