"""A reform tried on the real population; the law in force over booked months gives the books again, to the fen."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from world import PAYDAY, POOL

from yingbao.acts import funds, registry, runs
from yingbao.policy.overlay import LAW_IN_FORCE, Overlay
from yingbao.reports.errors import NotCheckedToSimulate
from yingbao.reports.simulate import simulate
from yingbao.reports.simulation_files import write
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

DECEMBER, JANUARY, FEBRUARY = "2018-12", "2019-01", "2019-02"
SINCE, THROUGH = month_from_text("2018-01"), month_from_text(FEBRUARY)


def lived(world):
    """Contributions of 2018, three months, a death and a corrected birth date told between them."""
    drafted = runs.draft_proxy(2018, **world.by("maker", date(2018, 12, 5)))
    run = world.approved(drafted, date(2018, 12, 5))
    funds.proxy_arrived(run.pk, run.total_fen, "代缴-1", **world.by("finance", date(2018, 12, 6)))
    runs.post(run.pk, **world.by("finance", date(2018, 12, 6)))
    world.month(DECEMBER)
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2018, 12, 20), **world.by("maker", date(2019, 1, 3)))
    world.month(JANUARY)
    registry.correct_birth(world.person("柳康杰"), date(1957, 3, 1), "户口簿", **world.by("maker", date(2019, 2, 1)))
    world.month(FEBRUARY)
    accounts = runs.draft_account(2018, **world.by("maker", PAYDAY[FEBRUARY]))
    runs.post(world.approved(accounts, PAYDAY[FEBRUARY]).pk, **world.by("finance", PAYDAY[FEBRUARY]))


def test_the_law_in_force_over_booked_months_gives_the_books_again_to_the_fen(world):
    lived(world)
    found = simulate(POOL, LAW_IN_FORCE, SINCE, THROUGH, PAYDAY[FEBRUARY])
    assert found.against_the_books().to_dicts() == []
    assert found.booked["fen"].sum() == found.rows["law_fen"].sum() - 3 * 13_000  # the batch of 2019 is only assumed
    assert set(found.rows["difference_fen"]) == {0}


def test_what_is_not_booked_yet_is_named_by_month_and_item(world):
    lived(world)
    found = simulate(POOL, LAW_IN_FORCE, SINCE, THROUGH + 1, PAYDAY[FEBRUARY])
    odd = found.against_the_books()
    assert set(odd["month"]) == {THROUGH + 1}
    assert set(odd["item"]) == {int(Item.BASE_PENSION), int(Item.ACCOUNT_PENSION)}


def test_a_rise_announced_after_the_runs_shows_as_what_the_books_still_lack(world):
    lived(world)
    odd = simulate(POOL, LAW_IN_FORCE, SINCE, THROUGH).against_the_books()
    assert odd.select("month", "difference_fen").rows() == [(THROUGH - 1, 13 * 1_300), (THROUGH, 13 * 1_300)]


def test_ten_yuan_more_from_february_cost_ten_yuan_for_each_pensioner_borne_by_the_county(world):
    lived(world)
    found = simulate(POOL, Overlay("加发", {"benefit/county_top_up": {"2019-02-01": "10"}}), SINCE, THROUGH)
    people = found.people_by_month()[THROUGH]
    assert found.by("month").filter(difference_fen=0).height == found.by("month").height - 1
    assert found.by("month").row(-1, named=True)["difference_fen"] == 1_000 * people[1]
    assert people[0] == people[1] == 13
    assert dict(found.by("level").select("level", "difference_fen").iter_rows())["extra"] == 13_000


def test_who_bears_a_pension_adds_up_to_the_pension(world):
    world.month(DECEMBER)
    rows = simulate(POOL, LAW_IN_FORCE, SINCE, month_from_text(DECEMBER)).rows
    base = dict(rows.filter(item=int(Item.BASE_PENSION), month=month_from_text(DECEMBER)).group_by("level").sum()
                .select("level", "law_fen").iter_rows())  # fmt: skip
    assert base == {"central": 13 * 4_400, "county": 13 * 9_100}


def test_a_month_past_the_checked_law_is_refused_naming_the_parameter(world):
    with pytest.raises(NotCheckedToSimulate) as refused:
        simulate(POOL, LAW_IN_FORCE, SINCE, month_from_text("2020-01"))
    assert "benefit/base_pension" in refused.value.text("en")
    assert "--assume-last-values" in refused.value.text()


def test_past_the_checked_law_only_the_reform_stands_and_a_note_says_so(world):
    overlay = Overlay("160元", {"benefit/base_pension": {"2020-01-01": "160"}})
    found = simulate(POOL, overlay, month_from_text("2019-12"), month_from_text("2020-02"))
    by = {row["month"]: row for row in found.by("month").iter_rows(named=True)}
    assert by[month_from_text("2019-12")]["difference_fen"] == 0
    assert by[month_from_text("2020-01")]["law_fen"] is None
    assert by[month_from_text("2020-01")]["reform_fen"] > 0
    assert any("尚未核对（benefit/base_pension）" in one for one in found.notes)
    assert "不预测死亡" in found.notes[0]


def test_an_assumption_serves_both_sides(world):
    overlay = Overlay("加发", {"benefit/county_top_up": {"2020-02-01": "5"}}, {"benefit/base_pension": {"2020-01-01": "160"}})
    found = simulate(POOL, overlay, month_from_text("2020-01"), month_from_text("2020-02"))
    assert found.by("month")["difference_fen"].to_list() == [0, 500 * found.people_by_month()[month_from_text("2020-02")][1]]


def test_where_every_last_value_goes_on_three_years_are_shown_and_each_value_is_named(world, tmp_path):
    lived(world)
    end = month_from_text("2021-12")
    found = simulate(POOL, Overlay("加发", {"benefit/county_top_up": {"2021-12-01": "5"}}), SINCE, end, PAYDAY[FEBRUARY], carry=True)
    booked = found.against_the_books().filter(pl.col("month") <= found.booked_through)
    assert (found.booked_through, booked.to_dicts()) == (THROUGH, [])
    assert found.rows["law_fen"].null_count() == 0
    assert found.by("month")["difference_fen"].to_list()[-1] == 500 * found.people_by_month()[end][1]
    assert set(found.by("month")["difference_fen"].to_list()[:-1]) == {0}
    assert {"entry/proxy_amount": "2020-12", "benefit/base_pension": "2019-12"}.items() <= found.carried.items()
    assert all(f"参数 {name}，核对至 {last}" in " ".join(found.notes) for name, last in found.carried.items())
    for fmt in ("csv", "parquet"):
        costs, heads = write(found, tmp_path / fmt, fmt)
        table = pl.read_csv(costs) if fmt == "csv" else pl.read_parquet(costs)
        assert (table["reform_fen"].sum(), table.height, heads.is_file()) == (found.rows["reform_fen"].sum(), found.rows.height, True)
        assert "entry/proxy_amount，核对至 2020-12" in costs.with_suffix(f".{fmt}.说明.txt").read_text(encoding="utf-8")


def test_between_the_checked_law_and_a_later_reform_nothing_is_guessed(world):
    later = Overlay("160元", {"benefit/base_pension": {"2020-02-01": "160"}})
    with pytest.raises(NotCheckedToSimulate, match="2020-01"):
        simulate(POOL, later, month_from_text("2019-12"), month_from_text("2020-02"))
    found = simulate(POOL, later, month_from_text("2019-12"), month_from_text("2020-02"), carry=True)
    assert found.by("month").filter(pl.col("difference_fen") != 0)["month"].to_list() == [month_from_text("2020-02")]


def test_what_a_reform_sets_to_no_effect_is_named(world):
    overlay = Overlay("周期", {"hold/life_certificate_months": {"2018-01-01": "24"}, "benefit/base_pension": {"2020-01-01": "160"}})
    found = simulate(POOL, overlay, SINCE, THROUGH)
    assert any("hold/life_certificate_months），推算应发时没有用到" in one for one in found.notes)
    assert any("benefit/base_pension），在 2019-02 以后才起作用" in one for one in found.notes)


def test_towns_add_up_to_the_whole(world):
    world.month(DECEMBER)
    found = simulate(POOL, LAW_IN_FORCE, month_from_text(DECEMBER), month_from_text(DECEMBER))
    towns = {found.word("town", row["town"]): row["law_fen"] for row in found.by("town").iter_rows(named=True)}
    assert set(towns) == {"长江镇"}
    assert sum(towns.values()) == found.by("month")["law_fen"].sum()
