"""I8 and I9: every verdict can be found again from one person's own rows, and nobody on a roster is lost."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yingbao.reports.checks.check import Check, differing, equal, none_of
from yingbao.reports.coverage import coverage, ever_on_rosters
from yingbao.reports.evidence import Evidence
from yingbao.reports.moment import moment
from yingbao.rules.due import benefits_due
from yingbao.rules.law import Law
from yingbao.rules.verdicts import benefit_verdict
from yingbao.store.bases import opening_of
from yingbao.values.purpose import MONTHLY

SAMPLE, VERDICTS = 24, 6  # a verdict is derived one by one and costs more


def check(evidence: Evidence) -> Iterator[Check]:
    """The coverage identity, then a sample of the last payroll derived person by person."""
    sampled = list(_sample(evidence))
    evidence.let_go("postings", "told")
    evidence.derived.clear()  # the boxes read by themselves what they need; the postings beside them would be too much at once
    yield from _boxes(evidence)
    yield from sampled


def _boxes(evidence: Evidence) -> Iterator[Check]:
    known = moment(evidence.pool, person_ids=ever_on_rosters(evidence.pool))
    evidence.laws.append(known.in_force)
    found = coverage(evidence.pool, evidence.day, known=known)
    people = found.people
    yield equal("I9", "boxes_add_up", "各类人数之和 = 名册人数（数据库另行统计）", "the boxes add up to the roster",
                people.height, found.roster_persons)  # fmt: skip
    yield equal("I9", "one_box_each", "每人恰在一类", "everybody is in one box", people["person_id"].n_unique(), people.height)
    yield equal("I9", "rows_to_verify", "待核实的名册行数 = 未答复的退回和待比对行", "rows to verify = unanswered rows",
                found.rows.height - people.height, found.roster_rows)  # fmt: skip
    nobody = found.rows.filter(pl.col("box") == "unexplained")["person_id"].to_list()
    yield none_of("I9", "nobody_unexplained", "没有未归类的人", "nobody is in no box", [f"#{one}" for one in nobody], people.height)


def _sample(evidence: Evidence) -> Iterator[Check]:
    """Every so-manieth person of the last payroll: the yes or no, and the amount booked for its month, by another road."""
    run = evidence.newest("payroll")
    if run is None:
        return
    everybody = evidence.lines(run)["person_id"].unique().sort()
    step = max(1, len(everybody) // SAMPLE)
    ids = everybody.gather_every(step).head(SAMPLE).to_list()
    known = moment(evidence.pool, run.known_on, run.known_act, person_ids=ids)
    evidence.laws.append(known.in_force)
    law = Law(known.in_force, opening_of(evidence.pool).statement_from, run.period + 1)
    due = benefits_due(known.facts, law, known.opening)
    of_month = due.filter((pl.col("from_month") <= run.period) & (pl.col("until_month") > run.period))
    wanted = dict(of_month.group_by("person_id").agg(pl.col("monthly_fen").sum()).iter_rows())
    booked = _booked(evidence, ids, run.period)
    yield none_of("I8", "verdicts_again", "抽样：按当时所知逐人重算，金额与账相同", "sample: derived again person by person, the same",
                  differing(wanted, booked), len(ids))  # fmt: skip
    asked = ids[:: max(1, len(ids) // VERDICTS)]
    answers = {one: benefit_verdict(known.facts, law, one, run.period).answer == "yes" for one in asked}
    wrong = [f"#{one}" for one, yes in answers.items() if yes != (wanted.get(one, 0) > 0)]
    yield none_of("I8", "verdicts_agree", "抽样：结论与金额一致", "sample: yes exactly where money is due", wrong, len(asked))


def _booked(evidence: Evidence, ids: list[int], month: int) -> dict[int, int]:
    """The pensions recognised for a month by person, from the postings of entries that recognise."""
    mine = evidence.postings.filter(
        pl.col("person_id").is_in(ids) & pl.col("kind").is_in(["recognise", "opening_recognised"])
        & pl.col("item").is_in([int(item) for item in MONTHLY])
        & (pl.col("from_month") <= month) & (pl.col("until_month") > month))  # fmt: skip
    sign = pl.when(pl.col("credit") == _PAYABLE).then(1).otherwise(-1)
    summed = mine.group_by("person_id").agg((pl.col("monthly_fen") * sign).sum())
    return {person: fen for person, fen in summed.iter_rows() if fen}


_PAYABLE = 220_101
