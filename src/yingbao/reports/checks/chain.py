"""I10: the audit chain is whole, every row came by an act, and every act left what it says it left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model as DjangoModel

from yingbao.reports.checks.check import Check, differing, equal, none_of
from yingbao.reports.evidence import Event, Evidence, opened
from yingbao.store import audit
from yingbao.store.models import (
    AuditEvent,
    AuditHead,
    BankAnswer,
    BankBatch,
    ClosedYear,
    Fact,
    FactChange,
    JournalEntry,
    MatchCase,
    MatchDecision,
    Officer,
    OpeningTotal,
    Person,
    PersonAlias,
    Pool,
    RecordDecision,
    Run,
    SourceFile,
)
from yingbao.store.officers import ABOUT_OFFICERS, ENDED, FOUNDED, NAMED

# Tables whose rows carry the number of the act that wrote them, by the word an act counts them under.
BY_ACT: dict[str, type[DjangoModel]] = {
    "person": Person, "person_alias": PersonAlias, "fact": Fact, "fact_change": FactChange, "source_file": SourceFile,
    "record_decision": RecordDecision, "match_case": MatchCase, "match_decision": MatchDecision, "run": Run,
    "journal_entry": JournalEntry, "bank_batch": BankBatch, "bank_answer": BankAnswer, "opening_total": OpeningTotal,
    "closed_year": ClosedYear,
}  # fmt: skip
_FIRST = "admin"  # acts.act.Role.ADMIN: reports stand beside acts
# Counted by every act that writes them: a row that no act counted is as wrong as one that is missing.
ALWAYS_COUNTED = ("person", "fact", "fact_change")


def check(evidence: Evidence) -> Iterator[Check]:
    """The chain, and rows against events in both directions."""
    yield _whole(evidence)
    written = {word: evidence.counts(model, "act_seq") for word, model in BY_ACT.items()}
    yield _rows_have_events(evidence, written)
    yield _counted(evidence, written)
    yield _postings_counted(evidence)
    yield _said(evidence, written)
    yield _officers(evidence)
    yield _roles()
    yield _names()
    yield _entitled(evidence)


def _whole(evidence: Evidence) -> Check:
    broken = audit.verify(evidence.pool)
    head = audit.head(evidence.pool)
    detail = "" if broken is None else f"第 {broken.seq} 条：{broken.zh}"
    return Check("I10", "audit_chain", "审计链逐条衔接，链头相符", "the audit chain is whole up to its head",
                 broken is None, len(evidence.events), head.seq, detail)  # fmt: skip


def _rows_have_events(evidence: Evidence, written: dict[str, dict[Any, int]]) -> Check:
    known = {event.seq for event in evidence.events}
    orphans = [f"{word} 办理号 {seq}" for word, counts in written.items() for seq in sorted(set(counts) - known)]
    among = sum(len(counts) for counts in written.values())
    return none_of("I10", "rows_have_events", "每条记录都有办理它的审计记录", "every row has its audit event", orphans, among)


def _counted(evidence: Evidence, written: dict[str, dict[Any, int]]) -> Check:
    wrong = []
    for event in evidence.events:
        told = event.summary.get("wrote", {})
        for word, counts in written.items():
            if word not in told and word not in ALWAYS_COUNTED:
                continue
            if (said := told.get(word, 0)) != (have := counts.get(event.seq, 0)):
                wrong.append(f"第 {event.seq} 号（{event.verb}）记 {word} {said} 行，现有 {have} 行")
    return none_of("I10", "rows_as_counted", "各次办理所记的行数与表中行数相等", "tables hold the rows that acts counted",
                   wrong, len(evidence.events))  # fmt: skip


def _postings_counted(evidence: Evidence) -> Check:
    """Entries say nothing of their size but the act does, where it counted postings."""
    rows: dict[int, int] = {}
    for number, entry in evidence.entries.items():
        rows[entry.act_seq] = rows.get(entry.act_seq, 0) + evidence.by_entry.get(number, (0, 0))[0]
    told = {event.seq: event.summary["wrote"]["posting"] for event in evidence.events
            if "posting" in event.summary.get("wrote", {})}  # fmt: skip
    wrong = [f"第 {seq} 号记 {said} 笔，现有 {rows.get(seq, 0)} 笔" for seq, said in told.items() if rows.get(seq, 0) != said]
    return none_of("I10", "postings_as_counted", "各次办理所记的分录笔数与账中相等", "the books hold the postings acts counted",
                   wrong, len(told))  # fmt: skip


def _officers(evidence: Evidence) -> Check:
    known = set(Officer.objects.values_list("pk", flat=True))
    named = {event.officer_id for event in evidence.events}
    named |= {number for event in evidence.events if (number := event.number("officer")) is not None}
    named |= {number for run in evidence.runs for number in (run.maker_id, run.checker_id) if number is not None}
    found = len(named & known) + Pool.objects.filter(pk=evidence.pool).count()
    return equal("I10", "officers", "统筹区和办理人员都在册", "the pool and every officer named exist", found, len(named) + 1,
                 f"缺少人员 {sorted(named - known)}")  # fmt: skip


def _roles() -> Check:
    """Every officer is as the last act about him left him.

    Nobody comes without one, but for the founder of a pool of before, when founding left no audit row.
    """
    of = AuditEvent.objects.filter(verb__in=ABOUT_OFFICERS).order_by("recorded_at", "seq")
    told = {subject: opened(summary) for subject, summary in of.values_list("subject", "summary")}
    unfounded = {one.pk for one in Pool.objects.all()} - set(of.filter(verb=FOUNDED).values_list("pool", flat=True))
    wrong = []
    for one in Officer.objects.order_by("pk"):
        stands = {"name": one.name, "roles": one.roles, "login": one.login, "of_pool": one.pool, "active": one.active}
        said = {"active": True} | told.get(f"officer {one.pk}", {"roles": [_FIRST]})
        if f"officer {one.pk}" not in told and (one.pool or min(unfounded, default=0)) not in unfounded:
            wrong.append(f"{one.login}（{one.name}）没有登记他的办理")
        wrong += [f"{one.login} 的 {word}: {kept}，登记为 {said[word]}" for word, kept in stands.items() if said.get(word, kept) != kept]
    return none_of("I10", "officers_as_registered", "经办人员的姓名、权限与最后一次登记相同", "officers are as last registered",
                   wrong, len(wrong) + 1)  # fmt: skip


def _names() -> Check:
    """Every pool bears the name under which it was founded."""
    of = AuditEvent.objects.filter(verb=FOUNDED).values_list("pool", "summary")
    told = {pool: opened(summary).get("pool_name") for pool, summary in of}
    kept = dict(Pool.objects.values_list("pk", "name"))
    wrong = differing({pool: kept.get(pool) for pool in told}, told)
    chains = set(AuditHead.objects.values_list("pool", flat=True))
    wrong += [f"统筹区 {pool} 没有建立或没有审计链" for pool in sorted(chains ^ set(kept))]
    return none_of("I10", "pools_as_founded", "统筹区的代码、名称与建立时相同，各有审计链", "pools are as founded, each with its chain",
                   wrong, max(len(kept), len(wrong)))  # fmt: skip


# Who drafts, who checks, who books: what makes a run a matter of three.
_NEEDS = {"run.submit": "maker", "run.approve": "checker", "run.post": "finance", "run.instruct": "finance",
          "year.close": "checker", NAMED: _FIRST, ENDED: _FIRST}


def _entitled(evidence: Evidence) -> Check:
    """Whoever drafted, checked or booked had the right then, and who had left did nothing: by the events before it."""
    elsewhere = AuditEvent.objects.filter(verb__in=ABOUT_OFFICERS).exclude(pool=evidence.pool).values_list("subject", "summary")
    roles: dict[str, set[str]] = {}
    for subject, summary in elsewhere:  # another county's acts do not stand in this one's order: whatever he ever had
        roles[subject] = roles.get(subject, set()) | set(opened(summary).get("roles", []))
    left: set[str] = set()
    wrong, among = [], 0
    for event in evidence.events:
        if f"officer {event.officer_id}" in left:
            wrong.append(f"第 {event.seq} 号（{event.verb}）：人员 {event.officer_id} 当时已经离岗")
        needs = "maker" if event.verb.startswith("run.draft") else _NEEDS.get(event.verb)
        if needs is not None:
            among += 1
            if needs not in roles.get(f"officer {event.officer_id}", {_FIRST}):
                wrong.append(f"第 {event.seq} 号（{event.verb}）：人员 {event.officer_id} 当时没有权限 {needs}")
        if event.verb in ABOUT_OFFICERS:
            left = left | {event.subject} if event.verb == ENDED else left - {event.subject}
            roles[event.subject] = set() if event.verb == ENDED else set(event.summary.get("roles", []))
    return none_of("I7", "officers_entitled", "拟定、复核、记账的人当时都有其权限", "whoever made, checked or booked had the right then",
                   wrong, max(among, len(wrong)))  # fmt: skip


def _said(evidence: Evidence, written: dict[str, dict[Any, int]]) -> Check:
    """What the event names by number is there: a file, a run, an entry, a fact, a decision."""
    wrong: list[str] = []
    facts = {event.summary["fact"] for event in evidence.events if isinstance(event.summary.get("fact"), int)}
    kept = _Kept(evidence, written, _present(Fact, facts))
    for event in evidence.events:
        for says in _SAYS:
            wrong += [f"第 {event.seq} 号（{event.verb}）：{one}" for one in says(event, kept)]
    return none_of("I10", "events_are_true", "审计记录所指的文件、批次、凭证、事实都在且相符",
                   "what audit events name is there and agrees", wrong, len(evidence.events))  # fmt: skip


def _present(model: type[DjangoModel], numbers: set[int]) -> set[int]:
    found: set[int] = set()
    ordered = sorted(numbers)
    for start in range(0, len(ordered), 900):
        part = model._default_manager.filter(pk__in=ordered[start : start + 900])  # noqa: SLF001
        found |= set(part.values_list("pk", flat=True))
    return found


class _Kept:
    """What is there, by number, for the sayings below."""

    def __init__(self, evidence: Evidence, written: dict[str, dict[Any, int]], facts: set[int]) -> None:
        self.written, self.facts = written, facts
        self.files = {one.pk: one for one in SourceFile.objects.filter(pool=evidence.pool)}
        self.runs = {one.pk: one for one in evidence.runs}
        self.entries = {number: (one.act_seq, evidence.by_entry.get(number, (0, 0))[1])
                        for number, one in evidence.entries.items()}  # fmt: skip
        batches: dict[int, list[BankBatch]] = {}
        for one in BankBatch.objects.filter(pool=evidence.pool):
            batches.setdefault(one.act_seq, []).append(one)
        self.batches = batches
        self.answers = evidence.counts(BankAnswer, "act_seq", "outcome")


def _file(event: Event, kept: _Kept) -> Iterator[str]:
    number = event.number("file")
    if number is None:
        return
    file = kept.files.get(number)
    if file is None or file.act_seq != event.seq:
        yield f"没有文件 {number}"
    elif "cases" in event.summary and event.summary["cases"] != kept.written["match_case"].get(event.seq, 0):
        yield f"待比对 {event.summary['cases']} 项，现有 {kept.written['match_case'].get(event.seq, 0)} 项"


def _run(event: Event, kept: _Kept) -> Iterator[str]:
    number = event.number("run")
    if number is None:
        return
    run = kept.runs.get(number)
    if run is None:
        yield f"没有批次 {number}"
    elif (said := event.summary.get("hash")) is not None and said != run.content_hash:
        yield f"批次 {number} 的指纹不同"
    elif event.verb.startswith("run.draft") and (run.line_count, run.total_fen) != (
        event.summary.get("lines"), event.summary.get("total_fen")):  # fmt: skip
        yield f"批次 {number} 的笔数或金额不同"
    elif event.verb == "run.instruct":
        of = kept.batches.get(event.seq, [])
        have = (len(of), sum(one.count for one in of), sum(one.total_fen for one in of))
        if have != tuple(event.summary.get(name) for name in ("files", "count", "total_fen")):
            yield f"批次 {number} 的银行文件为 {have}"


def _entry(event: Event, kept: _Kept) -> Iterator[str]:
    number = event.summary.get("entry")
    if isinstance(number, int) and kept.entries.get(number) != (event.seq, event.summary.get("fen")):
        yield f"凭证 {number} 缺失或金额不同"


def _fact(event: Event, kept: _Kept) -> Iterator[str]:
    number = event.summary.get("fact")
    if isinstance(number, int) and number not in kept.facts:
        yield f"没有事实 {number}"


def _decision(event: Event, kept: _Kept) -> Iterator[str]:
    if event.verb in ("match.accept", "match.reject", "match.undo"):
        for word in ("match_decision", "record_decision"):
            if kept.written[word].get(event.seq, 0) != 1:
                yield f"缺少 {word}"


def _answers(event: Event, kept: _Kept) -> Iterator[str]:
    if event.verb == "bank.take_return":
        for outcome in ("settled", "curable", "do_not_resend", "unknown"):
            have = kept.answers.get((event.seq, outcome), 0)
            if have != event.summary.get(outcome, 0):
                yield f"回盘 {outcome} {event.summary.get(outcome, 0)} 笔，现有 {have} 笔"


def _opening(event: Event, kept: _Kept) -> Iterator[str]:
    if event.verb in ("pool.open", "opening.load") and not kept.written["opening_total"].get(event.seq):
        yield "缺少期初控制数"


def _closed(event: Event, kept: _Kept) -> Iterator[str]:
    if event.verb == "year.close" and kept.written["closed_year"].get(event.seq, 0) != 1:
        yield "缺少已关闭的年度"


_SAYS: tuple[Callable[[Event, _Kept], Iterator[str]], ...] = (
    _file, _run, _entry, _fact, _decision, _answers, _opening, _closed,
)  # fmt: skip
