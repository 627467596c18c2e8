"""A simulation as two tables: what is paid and how many people, by month, town, item and who bears it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from yingbao.policy.assumed import sentence
from yingbao.policy.overlay import Dated
from yingbao.reports.errors import UnknownExport
from yingbao.reports.simulate import Simulation
from yingbao.reports.table_files import FORMATS, write_table
from yingbao.store import footing
from yingbao.values.month import show_month


def write(found: Simulation, folder: Path, fmt: str) -> list[Path]:
    """Write ``测算-花费-…`` and ``测算-人数-…``, notes beside each; the paths of the tables. Raises UnknownExport."""
    if fmt not in FORMATS:
        raise UnknownExport(what="simulate", fmt=fmt, known="simulate", formats="、".join(FORMATS))
    basis = {**found.basis, "overlay": found.overlay.as_json(), "carried_on": found.carried, "notes": list(found.notes)}
    paths = []
    for what, frame in (("花费", found.rows), ("人数", found.heads)):
        shown = _with_words(found, frame)
        path = folder / f"测算-{what}-{show_month(found.since)}-{show_month(found.through)}.{fmt}"
        write_table(shown, path, basis, _notes(found, what, shown))
        paths.append(path)
    return paths


def _with_words(found: Simulation, frame: pl.DataFrame) -> pl.DataFrame:
    """With what an item and a level are called, beside their keys."""
    worded = []
    for column in ("item", "level"):
        if column in frame.columns:
            told = {value: found.word(column, value) for value in frame[column].unique().to_list()}
            worded.append(pl.col(column).replace_strict(told, return_dtype=pl.String).alias(f"{column}_name"))
    return found.readable(frame.with_columns(worded))


def _notes(found: Simulation, what: str, frame: pl.DataFrame) -> str:
    rests_on = found.basis[footing.KEY]
    names = [str(name) for name in rests_on] if isinstance(rests_on, list) else []
    lines = [
        (f"{found.overlay.name} {what}：{frame.height:,} 行，{show_month(found.since)} 至 {show_month(found.through)}；"
        f"按 {found.basis['known_on'] or '至今'} 所知；统筹区 {found.basis['pool']}"),
        f"政策版本 {found.basis['policy_version']}",
        *_written("方案", found.overlay.overrides), *_written("假设", found.overlay.assume),
        "测算，不是应发，不能据此付款。金额列以 _fen 结尾，单位是分；空着的是现行政策尚未核对的月份。",
        *found.notes, sentence(names), *(f"  {name}" for name in names),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line) + "\n"


def _written(word: str, dated: Dated) -> list[str]:
    return [f"{word}：{name} " + "；".join(f"{day} 起 {value}" for day, value in values.items()) for name, values in dated.items()]
