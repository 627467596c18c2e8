"""Awards and changes of the past, as an office meets them: what is paid, under which name, and who bears it."""

from __future__ import annotations

from itertools import pairwise

import openpyxl
from world import PAYDAY

from yingbao.reports.papers import payment_approval

DECEMBER, JANUARY, FEBRUARY, MARCH = "2018-12", "2019-01", "2019-02", "2019-03"


def approval(run, folder) -> dict[str, str]:
    """Labels and texts of an approval."""
    sheet = openpyxl.load_workbook(payment_approval(run, folder))["支付审批表"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
    return dict(pairwise(cells))


def test_the_approval_of_a_rise_asks_the_centre_for_nothing(world, tmp_path):
    for month in (DECEMBER, JANUARY, FEBRUARY):
        world.recognise(month)
    found = approval(world.recognise(MARCH).run, tmp_path)
    # 14 people: March at 148, of which the centre bears 44, and two months' rise of 13 yuan, of which it bears nothing.
    assert found["其中基础养老金中央负担（元）"] == "616.00"
    assert found["其中基础养老金县级负担（元）"] == "1,820.00"  # 14 × (104 + 2 × 13)


def test_the_levels_of_an_approval_sum_to_the_base_pensions(world, tmp_path):
    found = approval(world.recognise(DECEMBER).run, tmp_path)
    assert found["其中基础养老金中央负担（元）"] == "572.00"  # 13 people, 44 yuan each
    assert found["其中基础养老金县级负担（元）"] == "1,183.00"  # 91 yuan each: 135 in all
    assert PAYDAY[DECEMBER].isoformat() in found.values()
