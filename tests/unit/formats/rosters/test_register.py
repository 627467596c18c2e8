"""The county's present register comes in by columns, judged like every roster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yingbao.formats.rosters import RegisterReading, read_register
from yingbao.formats.rosters.register_columns import register_state_of
from yingbao.values.month import month_of

LABELS = ["村代码", "姓名", "公民身份号码", "性别", "参保日期", "参保状态", "缴费状态", "共缴年限", "个人缴费", "政府代缴", "利息",
          "待遇领取年月", "月基础养老金", "月个人账户养老金", "开户银行", "银行账号"]  # fmt: skip
MONTH = month_of(2018, 10)


def person(name: str, number: str, **other: Any) -> list[Any]:
    cells: dict[str, Any] = {
        "村代码": "320682111023", "姓名": name, "公民身份号码": number, "参保日期": "2011-01-01", "参保状态": "1",
        "缴费状态": "1", "共缴年限": "7", "个人缴费": "700.00", "政府代缴": "0", "利息": "12.3", "银行账号": "6223600000000001",
    }  # fmt: skip
    cells.update(other)
    return [cells.get(label) for label in LABELS]


def csv_of(folder: Path, rows: list[list[Any]]) -> Path:
    path = folder / "参保登记.csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in [LABELS, *rows]]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def codes(reading: RegisterReading) -> list[list[str]]:
    assert reading.row_account.balances
    return [record.codes for record in reading.rejected]


def test_plain_rows_are_stored_in_fen_months_and_days(tmp_path: Path, ids: list[str]) -> None:
    paid = {"缴费状态": "3", "待遇领取年月": "2015-03", "月基础养老金": "135", "月个人账户养老金": "12.95"}
    reading = read_register(csv_of(tmp_path, [person("王芳", ids[1]), person("李芳", ids[3], **paid)]), data_month=MONTH)
    first, second = reading.stored.to_dicts()
    assert (first["state"], first["account_own_fen"], first["account_interest_fen"]) == ("paying", 70000, 1230)
    assert (str(first["enrolled_on"]), str(first["birth"]), first["sex"]) == ("2011-01-01", "1970-01-02", "male")
    assert (second["state"], second["pension_from_month"]) == ("receiving", month_of(2015, 3))
    assert (second["base_pension_fen"], second["account_pension_fen"]) == (13500, 1295)


def test_a_row_that_is_not_plain_is_mended_or_rejected_like_in_every_roster(tmp_path: Path, ids: list[str]) -> None:
    rows = [
        person("王　芳", ids[1].lower() + " ", 个人缴费='"1,000元"'),
        person("王二", ids[2][:-1] + ("0" if ids[2][-1] != "0" else "1")),
        person("王三", ids[3], 参保状态="4", 缴费状态="1"),
        person("王四", ids[4], 个人缴费="一百"),
        person("王五", "3.20682E+17"),
    ]
    reading = read_register(csv_of(tmp_path, rows), data_month=MONTH)
    assert reading.stored["account_own_fen"].to_list() == [100_000]
    assert codes(reading) == [["id_check_digit"], ["status_unknown"], ["amount_unclear"], ["id_in_numeric_cell"]]


@pytest.mark.parametrize(("status", "payment", "state"), [
    ("终止参保", "终止缴费", "ended"), ("4", "3", "ended"), ("死亡", "", "ended"), ("", "转出", "ended"), ("注销", "", "ended"),
    ("死亡", "终止缴费", "ended"), ("已终止", "", "ended"), ("死亡", "正常缴费", None), ("转出", "1", None),
])  # fmt: skip
def test_every_way_of_saying_that_a_relation_is_over_is_read_and_a_contradiction_is_asked(
    status: str, payment: str, state: str | None
) -> None:
    assert register_state_of(status, payment, has_pension=False) == state


def test_the_fast_and_the_slow_way_agree(tmp_path: Path, ids: list[str]) -> None:
    plain = read_register(csv_of(tmp_path, [person("王芳", ids[1], 待遇领取年月="201503")]), data_month=MONTH)
    slow = read_register(csv_of(tmp_path, [person("王 芳", ids[1], 待遇领取年月="2015年3月")]), data_month=MONTH)
    assert plain.stored.drop("notes").equals(slow.stored.drop("notes"))


def test_the_same_number_twice_counts_once_or_is_asked(tmp_path: Path, ids: list[str]) -> None:
    rows = [person("王一", ids[1]), person("王一", ids[1]), person("王二", ids[2]), person("王贰", ids[2])]
    rows += [person("王三", ids[3]), person("王三", ids[3], 个人缴费="1")]
    reading = read_register(csv_of(tmp_path, rows), data_month=MONTH)
    assert reading.stored["row"].to_list() == [2]
    assert sorted(codes(reading)) == [["row_duplicate_conflict"]] * 2 + [["same_id_different_names"]] * 2
    assert reading.ignored[-1].codes == ["row_duplicate"]


def test_a_total_that_does_not_match_refuses_the_register(tmp_path: Path, ids: list[str]) -> None:
    total = ["合计", "1人", *[None] * 6, "700.01"]
    reading = read_register(csv_of(tmp_path, [person("王芳", ids[1]), total]), data_month=MONTH)
    assert [total.matches for total in reading.control_totals] == [True, False]
    assert [problem.code for problem in reading.refusals] == ["control_total_mismatch"]


def test_an_xlsx_register_knows_its_number_cells(book: Any, ids: list[str]) -> None:
    rows = [LABELS, person("王芳", ids[1], 村代码=320682111023), person("王二", float(ids[2][:17] + "0"))]  # type: ignore[arg-type]
    reading = read_register(book("参保登记.xlsx", {"a": rows}), data_month=MONTH)
    assert codes(reading) == [["id_in_numeric_cell"]]
    assert reading.stored["division_code"].to_list() == ["320682111023"]
