"""The bulletin's story, step by step, through the same acts that the office uses."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from yingbao import store
from yingbao.cli.roster_commands import show_loaded, typed_totals
from yingbao.cli.show import give, progress, say
from yingbao.county.cast import KEYS
from yingbao.county.files import WrittenFile, write_files
from yingbao.county.people import make_county
from yingbao.county.story import Step, steps
from yingbao.store import arrow_reader
from yingbao.values.identity import IdNumber
from yingbao.values.month import month_from_text

POOL = 320682
PARTS = {
    "a": "名册进来：先检查，再入库", "b": "应保尽保：人人都在一个格子里", "c": "入口：政府代缴", "d": "出口：发放、报盘、回盘",
    "e": "调待：2019年3月公布，1月起每月148元", "f": "1月死亡、3月才知道：追回", "g": "退出建档立卡、签放弃、撤回放弃", "h": "证明",
}  # fmt: skip


@dataclass
class Tale:
    """The story while it is told: whom it is about (by key), where its files are, who acts, what was found."""

    cast: dict[str, dict[str, object]]
    seed: int
    folder: Path
    files: dict[tuple[str, str, str], WrittenFile]
    began: float
    officers: dict[str, Any] = field(default_factory=dict)
    waivers: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    letter: str = ""
    told: int = 0
    parts: int = 1

    def by(self, login: str, on: date) -> dict[str, Any]:
        """The arguments of an act by one of the three officers."""
        return {"pool": POOL, "by": self.officers[login], "on": on}

    def working(self, label: str) -> AbstractContextManager[object]:
        """A bar for what is being done, filled as far as the story is told."""
        return progress(label, self.told, self.parts)

    def person(self, key: str, on: date) -> int:
        """The number in the store of a person of the story; registered at the counter if no list named them yet."""
        from yingbao.acts.registry import add_person  # noqa: PLC0415

        row = self.cast[key]
        return int(add_person(str(row["name"]), IdNumber(str(row["id18"])), **self.by("jingban", on)))


def tell(size: str, seed: int, folder: Path, database: str) -> None:
    """Make the county, tell the whole story, end with the proof. Exit code 1 if the proof fails."""
    began = time.monotonic()
    cast, written = _make(size, seed, folder / "rosters")
    store.open_store(database or f"sqlite:///{folder / 'yingbao.sqlite3'}")
    tale = Tale(cast, seed, folder, {(one.kind, one.month, one.told_on): one for one in written}, began)
    _found(tale)
    story = steps()
    tale.parts = len(story)
    for step in story:
        if step.letter != tale.letter:
            tale.letter = step.letter
            say(f"\n【{step.letter}】{PARTS[step.letter]}")
        _TELL[step.do](tale, step)
        tale.told += 1
    say(f"\n用时 {time.monotonic() - began:.0f} 秒，{_memory()}。数据库和文件都在 {folder}。")
    give(tale.facts, named=True)
    if not tale.facts.get("proved"):
        raise SystemExit(1)


def _make(size: str, seed: int, folder: Path) -> tuple[dict[str, dict[str, object]], list[WrittenFile]]:
    """The people of the story and the files of their county. The rest is told in the files, and is let go: it is large."""
    began = time.monotonic()
    with progress("生成虚构的县 …"):
        county = make_county(size, seed)
        written = write_files(county, folder)
    say(f"虚构的县：{county.people.height:,} 人，{len(written)} 份文件在 {folder}（{time.monotonic() - began:.0f} 秒）")
    return {key: county.person(key) for key in KEYS}, written


def _memory() -> str:
    """The peaks of this process and of the one that reads the database for it, and both together."""
    own, reader = _peak_gb(os.getpid()), _peak_gb(arrow_reader.pid())
    return f"内存峰值 {own + reader:.1f} GB（主进程 {own:.1f}，读库进程 {reader:.1f}）"


def _peak_gb(process: int | None) -> float:
    """The most memory that a running process ever had; what is told of an ended child counts its parent in."""
    status = Path(f"/proc/{process}/status")
    told = status.read_text(encoding="ascii") if process is not None and status.exists() else ""
    return sum(int(line.split()[1]) * 1024 / 1e9 for line in told.splitlines() if line.startswith("VmHWM:"))


def _found(tale: Tale) -> None:
    """The pool and three officers: who makes never checks."""
    from yingbao.acts.office import add_officer, found_pool  # noqa: PLC0415

    on = date(2018, 11, 1)
    admin = found_pool(POOL, "如皋市（虚构）", "admin", "系统管理员", on=on)
    for login, name, role in (("jingban", "经办 甲", "maker"), ("fuhe", "复核 乙", "checker"), ("caiwu", "财务 丙", "finance")):
        tale.officers[login] = add_officer(login, name, [role], pool=POOL, by=admin, on=on)


def _open_register(tale: Tale, step: Step) -> None:
    from yingbao.acts.opening import load_register  # noqa: PLC0415
    from yingbao.formats.rosters.register import read_register  # noqa: PLC0415

    name = next(one.name for one in tale.files.values() if one.kind == "opening_register")
    path = tale.folder / "rosters" / name
    with tale.working("期初登记：读取并入库 …"):
        reading = read_register(path)
        totals = typed_totals(path.parent / "控制数.json")
        done = load_register(reading, opening_month=month_from_text("2018-12"), typed=totals, **tale.by("jingban", step.on))
    counts = done.counts
    say(f"{step.on} 期初登记：读入 {counts['read']:,} = 入库 {counts['stored']:,} + 退回 {counts['quarantined']} + "
        f"忽略 {counts['ignored']}；与 {len(totals)} 个控制数相符，2018-12 起记账")  # fmt: skip


def _load(tale: Tale, step: Step) -> None:
    from yingbao.acts.intake import load_roster  # noqa: PLC0415
    from yingbao.formats.rosters import read_roster  # noqa: PLC0415

    name = tale.files[(step.subject, step.details["month"], str(step.on))].name
    with tale.working(f"{name} …"):
        reading = read_roster(tale.folder / "rosters" / name, kind=step.subject,
                              data_month=month_from_text(step.details["month"]), accept_hidden=True)  # fmt: skip
        done = load_roster(reading, **tale.by("jingban", step.on))
    show_loaded(done)


def _coverage(tale: Tale, step: Step) -> None:
    from yingbao.cli.story_proof import show_coverage  # noqa: PLC0415

    with tale.working("归类 …"):
        show_coverage(tale, step.on)


def _money(name: str) -> Callable[[Tale, Step], None]:
    def run(tale: Tale, step: Step) -> None:
        from yingbao.cli import story_money  # noqa: PLC0415

        getattr(story_money, name)(tale, step)

    return run


def _waiver_signed(tale: Tale, step: Step) -> None:
    from yingbao.acts.waivers import sign  # noqa: PLC0415

    made = sign(tale.person(step.subject, step.on), step.details.get("waives", "all"), counselled=True,
                witnesses=["见证人甲", "见证人乙"], **tale.by("jingban", step.on))  # fmt: skip
    tale.waivers[step.subject] = made.pk
    say(f"{step.on} {tale.cast[step.subject]['name']} 签署放弃意向书（已劝导，次月生效，可撤回）")


def _waiver_withdrawn(tale: Tale, step: Step) -> None:
    from yingbao.acts.waivers import withdraw  # noqa: PLC0415

    withdraw(tale.waivers[step.subject], **tale.by("jingban", step.on))
    say(f"{step.on} {tale.cast[step.subject]['name']} 撤回放弃意向书（次月生效）")


def _rise(tale: Tale, step: Step) -> None:  # noqa: ARG001 - every step is told alike
    say(f"{step.on} 公布：基础养老金自 2019-01 起每月 148 元（政策参数带公布日期，此前推算仍用 135 元）")


def _proof(tale: Tale, step: Step) -> None:
    from yingbao.cli.story_proof import prove  # noqa: PLC0415

    with tale.working("核对全部恒等式 …"):
        prove(tale, step.on)


_TELL: dict[str, Callable[[Tale, Step], None]] = {
    "open_register": _open_register, "load": _load, "coverage": _coverage, "proxy_run": _money("proxy_run"),
    "account_run": _money("account_run"), "payroll": _money("payroll"), "bank_return": _money("bank_return"),
    "waiver_signed": _waiver_signed, "waiver_withdrawn": _waiver_withdrawn, "rise_announced": _rise, "proof": _proof,
}  # fmt: skip

