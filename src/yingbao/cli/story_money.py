"""The money of the story: batches by two officers, funds, bank files, and what the bank answers."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yingbao.acts import funds, payments, runs
from yingbao.acts.registry import set_bank_account
from yingbao.cli.run_commands import show_drafted
from yingbao.cli.show import SCREEN, say
from yingbao.formats.bank import load_profile, read_return_file
from yingbao.formats.forms.capital import in_words
from yingbao.reports.booked import totals
from yingbao.reports.papers import papers_of
from yingbao.store.models import BankAnswer, BankLine
from yingbao.values.errors import YingbaoError
from yingbao.values.identity import AccountNumber
from yingbao.values.money import yuan
from yingbao.values.month import month_from_text, month_of
from yingbao.values.purpose import Item

if TYPE_CHECKING:
    from yingbao.cli.story import Tale
    from yingbao.county.story import Step

# The made-up bank: mostly pays; two people of the story by name; one file in three comes damaged first.
_SCRIPT = """settled: 9955
curable: 25
do_not_resend: 5
unknown: 15
unknown_rounds: 1
names: {柳康杰: curable, 黄玉芳: unknown_unpaid}
misbehave: {"*": [%s]}
"""
_MISDEEDS = {"2018-12": "truncated", "2019-01": "duplicate", "2019-02": "flipped_digest", "2019-03": "late"}


def _through(tale: Tale, drafted: Any, on: date, *, arrive: bool = False) -> Any:
    """Submit, approve by another officer, fund, post."""
    show_drafted(drafted)
    if drafted.run is None:
        return None
    number = drafted.run.pk
    runs.submit(number, **tale.by("jingban", on))
    runs.approve(number, **tale.by("fuhe", on))
    if arrive and drafted.run.total_fen > 0:
        funds.proxy_arrived(number, drafted.run.total_fen, f"拨款-{number}", **tale.by("caiwu", on))
    return runs.post(number, **tale.by("caiwu", on))


def proxy_run(tale: Tale, step: Step) -> None:
    """A batch of contributions: application, two officers, money arrived, posted to individual accounts."""
    with tale.working("代缴批次 …"):
        drafted = runs.draft_proxy(int(step.subject), date.fromisoformat(step.details["basis"]), **tale.by("jingban", step.on))
        say(f"{step.on} 政府代缴 {step.subject} 年度，认定日 {step.details['basis']}")
        done = _through(tale, drafted, step.on, arrive=True)
    if done is None:
        return
    figures = drafted.figures
    say(f"  请拨 {figures['pay_persons']:,} 人 × 100 元 = {yuan(figures['pay_fen'])} 元（{in_words(done.total_fen)}），"
        f"资金到账后已记入个人账户")  # fmt: skip
    with tale.working("请拨单和花名册 …"):
        for paper in papers_of(done, tale.folder / "papers", step.on):
            say(f"  {paper}")
    _by_two_days(tale, int(step.subject), step.on)
    tale.facts.setdefault("proxied", []).append({"on": str(step.on), "persons": figures["pay_persons"], "fen": done.total_fen})


def _by_two_days(tale: Tale, year: int, on: date) -> None:
    """The bulletin's two figures of a year: one query, of what was booked by two days."""
    pool = tale.by("caiwu", on)["pool"]
    for word, day in (("1—11月", date(year, 11, 30)), ("全年", date(year, 12, 31))):
        if on.month < day.month:
            continue
        persons, fen = totals(pool, Item.PROXY_CONTRIBUTION, month_of(year, 1), day)
        say(f"  已代缴 {word}（至 {day}）：{persons:,} 人，{yuan(fen)} 元")


def account_run(tale: Tale, step: Step) -> None:
    """The year of the individual accounts: subsidies, interest, and what pensions took out, by two officers."""
    say(f"{step.on} 个人账户 {step.subject} 年度：缴费补贴、结息、账户支出")
    with tale.working("个人账户记账 …"):
        drafted = runs.draft_account(int(step.subject), **tale.by("jingban", step.on))
        _through(tale, drafted, step.on)


def payroll(tale: Tale, step: Step) -> None:
    """A month's pensions: recognised, funded, paid out through the bank."""
    month, on = month_from_text(step.subject), step.on
    say(f"{on} 养老金 {step.subject}")
    with tale.working("推算、复核、记账 …"):
        recognised = _through(tale, runs.draft_payroll(month, **tale.by("jingban", on)), on)
    say("  资金支付：")
    with tale.working("支付批次 …"):
        paid = runs.draft_disbursement(month, **tale.by("jingban", on))
        if paid.run is None:
            return
        needed = paid.figures["pay_fen"]
        funds.benefit_arrived(needed, f"补贴-{step.subject}", **tale.by("caiwu", on))
        funds.draw(needed, f"用款-{step.subject}", **tale.by("caiwu", on))
        done = _through(tale, paid, on)
    folder = tale.folder / "bank" / "out"
    folder.mkdir(parents=True, exist_ok=True)
    with tale.working("写银行文件 …"):
        files = payments.instruct(done.pk, profile=load_profile(), folder=folder, **tale.by("caiwu", on))
    for one in files:
        say(f"  银行文件 {one.path.name}：{one.count:,} 笔 {yuan(one.total_fen)} 元")
    for paper in papers_of(done, tale.folder / "papers", on)[:1]:
        say(f"  {paper}")
    tale.facts.setdefault("months", {})[step.subject] = {
        "recognised_fen": recognised.total_fen if recognised else 0, "instructed_fen": sum(one.total_fen for one in files)}


def bank_return(tale: Tale, step: Step) -> None:
    """The bank, another process, answers; damaged files are refused whole, unknown lines are asked again."""
    inbox, outbox = tale.folder / "bank" / "out", tale.folder / "bank" / "in"
    outbox.mkdir(parents=True, exist_ok=True)
    script = tale.folder / "bank" / f"script-{step.subject}.yaml"
    script.write_text(_SCRIPT % _MISDEEDS.get(step.subject, ""), encoding="utf-8")
    seen: set[Path] = set(tale.facts.get("_seen", ()))
    for _ in range(3):
        with tale.working("银行处理 …"):
            _ask_bank(tale, inbox, outbox, script)
        for path in sorted(set(outbox.glob("*.txt")) - seen):
            seen.add(path)
            _take(tale, path, step)
    tale.facts["_seen"] = sorted(seen)
    _mend(tale, step)


def _ask_bank(tale: Tale, inbox: Path, outbox: Path, script: Path) -> None:
    command = [sys.executable, "-m", "yingbao.bank_mock", "answer", "--in", str(inbox), "--out", str(outbox),
               "--seed", str(tale.seed), "--script", str(script), "--ledger", str(tale.folder / "bank" / "bank.sqlite")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program


def _take(tale: Tale, path: Path, step: Step) -> None:
    try:
        with tale.working("回盘入账 …"):
            done = payments.take_return(read_return_file(load_profile(), path), **tale.by("caiwu", step.on))
    except YingbaoError as refused:
        say("  " + " ".join(line.strip() for line in refused.text(SCREEN.lang).splitlines()))
        return
    if done.repeated:
        say(f"  {path.name}：同一文件再来一次，没有任何变化")
        return
    counts = done.counts
    say(f"{step.on} 回盘 {done.batch}：到账 {counts.get('settled', 0):,}，可修正 {counts.get('curable', 0)}，"
        f"勿重发 {counts.get('do_not_resend', 0)}，未知 {counts.get('unknown', 0)}（不重发，等银行答复）")  # fmt: skip


def _mend(tale: Tale, step: Step) -> None:
    """Every second person whose account was refused brings a new one; the next file carries just these."""
    refused = BankAnswer.objects.filter(pool=tale.by("caiwu", step.on)["pool"], outcome="curable", on=step.on).order_by("pk")
    lines = list(refused.values_list("batch_id", "line"))
    mended = 0
    for batch, line in lines[::2]:
        person = BankLine.objects.get(batch_id=batch, line=line).person_id
        account = AccountNumber(f"6223{person % 10**8:08d}{batch % 10**3:03d}{line % 10:01d}")
        set_bank_account(person, account, "江苏农商银行", **tale.by("jingban", step.on))
        mended += 1
    if lines:
        say(f"  账户被退 {len(lines)} 人，已登记新账户 {mended} 人：下一批自动补发这 {mended} 人")
