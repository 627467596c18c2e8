"""期初: the county's present register comes in once, and what was paid before is taken as done by statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import FileRefused, NotOpened, TotalsDiffer
from yingbao.acts.office import begin_books
from yingbao.formats.rosters.register import RegisterReading
from yingbao.store import opening, sources
from yingbao.store.models import OpeningTotal, SourceFile
from yingbao.values.identity import hide_numbers
from yingbao.values.money import yuan
from yingbao.values.month import Month, month_of, show_month


@dataclass(frozen=True)
class Opened:
    """What the opening kept. ``unplaced``: what the typed totals hold for rows still to be mended, by name."""

    file_id: int
    opening_month: Month
    counts: dict[str, int]
    totals: dict[str, int]
    unplaced: dict[str, int]


def differences(reading: RegisterReading, typed: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int], list[str]]:
    """Register sums, what the rejected rows hold of them, and the typed totals that match neither.

    Names ending in ``_fen`` are fen, the others counts.
    """
    found, rejected = opening.sums(reading), opening.sums_of_rejected(reading)
    wrong = []
    for name, value in typed.items():
        have = found.get(name, 0) + rejected.get(name, 0)
        if have != value:
            shown = (yuan(value), yuan(have)) if name.endswith("_fen") else (str(value), str(have))
            wrong.append(f"{opening.TOTAL_ZH.get(name, name)} 控制数 {shown[0]}、文件 {shown[1]}")
    return found, rejected, wrong


@act("opening.load", needs=Role.MAKER)
def load_register(act: Act, reading: RegisterReading, *, opening_month: Month, typed: Mapping[str, int]) -> Opened:
    """Keep the register of a county and begin its books in ``opening_month``.

    Every typed control total must be met by the good rows and the rejected ones together. Pensions
    in payment are recognised and paid *by statement* from January of the year to the month before.
    Raises NotOpened when it was done before, FileRefused, TotalsDiffer.
    """
    if OpeningTotal.objects.filter(pool=act.pool, name="opening_month").exists():
        known = sources.loaded(act.pool, reading.sha256, reading.kind)
        why = "期初已经建立，同一文件不重复入库" if known else "期初已经建立，不能再次导入"
        raise NotOpened(pool=act.pool, why=why)
    if reading.refusals:
        raise FileRefused(file=reading.file, why="；".join(problem.text() for problem in reading.refusals))
    found, rejected, wrong = differences(reading, typed)
    if wrong:
        raise TotalsDiffer(differences="；".join(wrong))
    begin_books(act, opening_month)
    for name, value in {**found, **{f"typed_{name}": value for name, value in typed.items()}}.items():
        OpeningTotal.objects.create(pool=act.pool, name=name, value=value, act_seq=act.seq)
        act.wrote(opening_total=1)
    account = reading.row_account
    counts = {"read": account.read, "stored": account.stored, "quarantined": account.quarantined,
              "ignored": account.ignored, "waiting": 0}  # fmt: skip
    file = SourceFile.objects.create(
        pool=act.pool, bureau="social_insurance", kind=reading.kind, data_month=opening_month - 1,
        sha256=reading.sha256, name=hide_numbers(Path(reading.file).name), told_at=act.on,
        counts={"sheets": len(reading.sheets), "rows": counts, "records": counts}, control_totals=dict(typed),
        act_seq=act.seq,
    )  # fmt: skip
    wrote = opening.keep(file, reading, opening_month, month_of(opening_month // 12, 1), act.on, act.seq)
    act.wrote(**wrote)
    unplaced = {name: value for name, value in rejected.items() if value}
    act.about(f"file {file.pk}", opening=show_month(opening_month), unplaced=unplaced, **counts)
    return Opened(file.pk, opening_month, counts, found, unplaced)
