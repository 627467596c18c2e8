"""What a reform is said to cost is what the office would book if it were the law: the same people, months, items and fen."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import world as worlds
import yaml
from world import PAYDAY, POOL

from yingbao.acts import funds, registry, runs
from yingbao.policy.overlay import LAW_IN_FORCE, Overlay
from yingbao.policy.tree import load, policy_root
from yingbao.reports.simulate import simulate
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

JANUARY, FEBRUARY = month_from_text("2019-01"), month_from_text("2019-02")
CHOICE = [{"title": "丧葬-1", "href": "project-choices"}]  # any: what is tried here has no document
REFORM = {
    "benefit/base_pension": {"2019-02-01": "168"},
    "benefit/county_top_up": {"2019-02-01": "10"},
    "benefit/age_supplement": {"2019-01-01": {"70": "20"}},
    "benefit/funeral_rule": {"2019-01-01": "fixed"},
    "benefit/funeral_grant": {"2019-01-01": "800"},
    "entry/proxy_amount": {"2019-01-01": "200"},
}


def enact(folder: Path, reform: Mapping[str, Mapping[str, object]]) -> None:
    """A copy of the shipped law with the reform in it, as the county's own parameters."""
    law = load(region="rugao").parameters
    shutil.copytree(policy_root(), folder)
    for name, dated in reform.items():
        path, known = folder / "rugao" / f"{name}.yaml", law[name]
        kept = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)["values"] if path.is_file() else {}
        kept = {day: value["value"] for day, value in kept.items() if day < min(dated)}
        metadata = {"status": "illustrative", "reference": dict.fromkeys([*kept, *dated], CHOICE),
                    "last_value_still_valid_on": "2026-06-30"}  # fmt: skip
        if told := {str(day): str(on) for day, on in known.announced.items() if str(day) in kept}:
            metadata["announced"] = told
        content = {"description": known.description, "metadata": metadata}
        if known.threshold_unit is None:
            metadata["unit"] = known.unit
            content["values"] = {day: {"value": value} for day, value in {**kept, **dated}.items()}
        else:
            metadata |= {"type": "single_amount", "threshold_unit": known.threshold_unit, "amount_unit": known.unit}
            steps = [(day, at, amount) for day, table in dated.items() for at, amount in table.items()]
            content["brackets"] = [{"threshold": {day: {"value": at}}, "amount": {day: {"value": amount}}} for day, at, amount in steps]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def by_month_and_item(frame: pl.DataFrame, value: str) -> dict[tuple[int, str], int]:
    """Fen by month and item, nothing left out."""
    summed = frame.group_by("month", "item").agg(pl.col(value).sum())
    return {(month, Item(item).key): fen for month, item, fen in summed.iter_rows() if fen}


def post(world, drafted) -> None:
    """A run approved and booked on February's payday."""
    world.approved(drafted, PAYDAY["2019-02"])
    runs.post(drafted.run.pk, **world.by("finance", PAYDAY["2019-02"]))


def test_a_reform_costs_what_the_office_would_book_if_it_were_the_law(sqlite, tmp_path, monkeypatch):
    world = worlds.make(tmp_path / "office")
    world.month("2018-12")
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2019, 1, 5), **world.by("maker", date(2019, 1, 10)))
    foreseen = simulate(POOL, Overlay("改革", REFORM), JANUARY, FEBRUARY, PAYDAY["2019-02"])
    enact(tmp_path / "policy", REFORM)
    monkeypatch.setenv("YINGBAO_POLICY", str(tmp_path / "policy"))
    for month in ("2019-01", "2019-02"):
        world.recognise(month)
    drafted = runs.draft_proxy(2019, **world.by("maker", PAYDAY["2019-02"]))
    funds.proxy_arrived(drafted.run.pk, drafted.run.total_fen, "代缴", **world.by("finance", PAYDAY["2019-02"]))
    post(world, drafted)
    post(world, runs.draft_account(2019, **world.by("maker", PAYDAY["2019-02"])))
    booked = by_month_and_item(simulate(POOL, LAW_IN_FORCE, JANUARY, FEBRUARY, PAYDAY["2019-02"]).booked, "fen")
    assert {item for _, item in booked} >= {"base_pension", "county_top_up", "age_supplement", "funeral_grant", "proxy_contribution"}
    assert by_month_and_item(foreseen.rows, "reform_fen") == booked
