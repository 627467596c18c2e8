"""The certificate of what does not count, from the books; and nobody leaves the allowance by the pension alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from world import World

from yingbao.acts import registry
from yingbao.formats.households import HouseholdsRefused, read_households
from yingbao.reports.disregard import household_incomes, left_allowance, write_certificate
from yingbao.values.facts import FactKind

POOL = 320682


def told(folder: Path, person: int, wages: str, *, month: str = "2018-12", standard: str = "500.00") -> Path:
    path = folder / f"household-{wages}.yaml"
    path.write_text(f"""
month: {month}
register: subsistence_rural
households:
  - household: 二案居王家
    standard: {standard}
    members:
      - name: 王桂兰
        person: {person}
        incomes: [{{source: 务工, yuan: {wages}}}]
""", encoding="utf-8")  # fmt: skip
    return path


def paid_in_december(world: World) -> int:
    for path in world.month("2018-12"):
        world.take(world.answer(path), date(2018, 12, 14))
    return world.person("王桂兰")


def test_what_the_bank_paid_is_in_the_certificate_and_the_base_pension_does_not_count(world: World, tmp_path: Path) -> None:
    person = paid_in_december(world)
    found = household_incomes(POOL, read_households(told(tmp_path, person, "300.00")))[0]
    assert (found.received_fen, found.counted_fen) == (30_000 + 13_500 + 2_000, 30_000 + 2_000)
    paper = write_certificate(found, tmp_path, date(2018, 12, 31))
    cells = [" ".join(str(cell) for cell in row) for row in CalamineWorkbook.from_path(paper).get_sheet_by_index(0).to_python()]
    assert any("基础养老金 2018-12 135.00 135.00 0.00" in line for line in cells)
    assert any("个人账户养老金 2018-12 20.00 0.00 20.00" in line for line in cells)
    assert any("基础养老金全额不计入" in line and "小康路上" in line for line in cells)


@pytest.mark.parametrize(("wages", "outcome"), [
    ("300.00", "not_by_income"), ("400.00", "by_the_pension_alone"), ("500.00", "counted_income")])  # fmt: skip
def test_who_left_the_allowance_is_tested_again_without_the_pension(world: World, tmp_path: Path, wages: str, outcome: str) -> None:
    person = paid_in_december(world)
    made = registry.tell(person, FactKind.CATEGORY, date(2017, 1, 1), value="subsistence_rural", **world.by("maker", date(2018, 12, 3)))
    registry.end(made.pk, date(2018, 12, 31), "低保动态调整", **world.by("maker", date(2019, 1, 3)))
    day = date(2019, 1, 31)
    assert [one.outcome for one in left_allowance(POOL, day).rows] == ["unknown"]
    found = left_allowance(POOL, day, read_households(told(tmp_path, person, wages))).rows
    assert [(one.person_id, one.outcome) for one in found] == [(person, outcome)]


def test_a_field_nobody_knows_and_arrears_that_do_not_divide_are_refused(tmp_path: Path) -> None:
    path = told(tmp_path, 1, "1.00")
    path.write_text(path.read_text(encoding="utf-8").replace("source: 务工", "sauce: 务工"), encoding="utf-8")
    with pytest.raises(HouseholdsRefused, match="sauce"):
        read_households(path)
    arrears = "source: 基础养老金, yuan: 1.01, for: 2018-11..2018-12"
    path.write_text(path.read_text(encoding="utf-8").replace("sauce: 务工, yuan: 1.00", arrears), encoding="utf-8")
    with pytest.raises(HouseholdsRefused, match="平分"):
        read_households(path)
