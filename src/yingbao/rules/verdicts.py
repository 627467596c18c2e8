"""Yes or no with its reasons: the same criteria as the money, read at one moment for one person."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from yingbao.rules.contributions import PROXY_CONTRIBUTION, as_rostered
from yingbao.rules.criterion import Criterion, Question, failed, filled, masks, unknown
from yingbao.rules.entitlement import CONTINUING, FOR_LIFE, OVER_AGE_POOR, REGULAR, continuing_on, grants, regular_too
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts, day_of
from yingbao.values.month import Month, last_day, show_month, year_of

ROUTES = {"regular": REGULAR, "over_age_poor": OVER_AGE_POOR}
# The source of "for life", by the route of the grant.
FOR_LIFE_CITES = {"over_age_poor": "bulletin-2018 出口-2"}
ELSE_FOR_LIFE_CITES = "guofa-2014-8 待遇"
FOR_LIFE_REASON = "granted_for_life"


@dataclass(frozen=True)
class Reason:
    """One criterion as it decided: ``id`` is the claim, or its failed form in a refusal."""

    id: str
    zh: str
    en: str
    cites: str
    parameters: tuple[str, ...] = ()

    @classmethod
    def that_holds(cls, one: Criterion, law: Law) -> Reason:
        """The claim as a reason for yes."""
        return cls(one.id, filled(one.zh, law.latest), filled(one.en, law.latest), one.cites, one.parameters)

    @classmethod
    def that_fails(cls, one: Criterion, law: Law) -> Reason:
        """The failed claim as a reason for no."""
        return cls(one.fails_as, filled(one.fails_zh, law.latest), filled(one.fails_en, law.latest), one.cites, one.parameters)

    @classmethod
    def that_is_unknown(cls, one: Criterion, law: Law) -> Reason:
        """The claim nobody can answer yet."""
        claim = cls.that_holds(one, law)
        return cls(f"unknown_{one.id}", f"资料不全，无法判断：{claim.zh}", f"not known: {claim.en}", one.cites, one.parameters)


@dataclass(frozen=True)
class Verdict:
    """``answer``: yes, no or unknown. ``because``: only what decided.

    ``would_turn``: for a no with exactly one failed criterion, that criterion; None otherwise. Where two routes came equally
    near, each with one, ``because`` names both and either would turn it.
    ``route``: how a pension was granted, and ``granted_from`` its first month.
    """

    question: str
    month: Month
    answer: str
    because: tuple[Reason, ...]
    would_turn: Reason | None = None
    route: str | None = None
    granted_from: Month | None = None


def mask_at(question: Question, facts: Facts, law: Law, person_id: int, at: int) -> int:
    """The mask of failed criteria of one person at one month or day."""
    spans = masks(question, facts.only([person_id]), law)
    found = spans.filter((pl.col("start") <= at) & (pl.col("end") > at))
    return int(found["mask"][0])


def _refusal(question: Question, mask: int, name: str, month: Month, law: Law) -> Verdict:
    doubts, failures = unknown(question, mask), failed(question, mask)
    if doubts and not failures:
        return Verdict(name, month, "unknown", tuple(Reason.that_is_unknown(one, law) for one in doubts))
    reasons = tuple(Reason.that_fails(one, law) for one in failures)
    single = reasons[0] if len(reasons) == 1 and not doubts else None
    return Verdict(name, month, "no", reasons, single)


def _holding(question: Question, mask: int, law: Law) -> tuple[Reason, ...]:
    missing = {one.id for one in [*failed(question, mask), *unknown(question, mask)]}
    return tuple(Reason.that_holds(one, law) for one in question.criteria if one.id not in missing and one.asked(law))


def proxy_verdict(facts: Facts, law: Law, person_id: int, month: Month) -> Verdict:
    """Whether a batch on the last day of this month would pay the person's contribution."""
    rostered = as_rostered(facts, law, year_of(month))
    mask = mask_at(PROXY_CONTRIBUTION, rostered, law, person_id, day_of(last_day(month)))
    then = replace(law, until=min(law.until, month + 1)) if month >= law.since else law  # the groups of that month in words
    if mask:
        return _refusal(PROXY_CONTRIBUTION, mask, "proxy_contribution", month, then)
    return Verdict("proxy_contribution", month, "yes", _holding(PROXY_CONTRIBUTION, 0, then))


def benefit_verdict(
    facts: Facts, law: Law, person_id: int, month: Month, known_grants: pl.DataFrame | None = None
) -> Verdict:
    """Is the person owed a pension in this month? Once granted, only the continuing criteria count.

    ``known_grants``: ``entitlement.grants`` of this person, where it is known already.
    """
    mine = facts.only([person_id])
    granted = (grants(mine, law) if known_grants is None else known_grants).filter(pl.col("granted_from") <= month)
    if granted.is_empty():
        return _not_granted(mine, law, person_id, month)
    route, since = str(granted["route"][0]), int(granted["granted_from"][0])
    continuing = continuing_on(route, law)
    mask = mask_at(continuing, mine, law, person_id, month)
    if mask and continuing is OVER_AGE_POOR:
        own = regular_too(mine, law, granted).filter(pl.col("granted_from") <= month)
        if own.height:
            return benefit_verdict(facts, law, person_id, month, own.with_columns(pl.lit("regular").alias("route")))
    if mask:
        refused = _refusal(continuing, mask, "benefit", month, law)
        return Verdict("benefit", month, refused.answer, refused.because, refused.would_turn, route, since)
    reasons = _holding(continuing, 0, law)
    if route in ROUTES:
        admitted = _holding(ROUTES[route], mask_at(ROUTES[route], mine, law, person_id, month), law)
        known = {one.id for one in reasons}
        reasons = (*[one for one in admitted if one.id not in known], *reasons)
    return Verdict("benefit", month, "yes", (*_for_life(route, since, month, law), *reasons), None, route, since)


def _for_life(route: str, since: Month, month: Month, law: Law) -> tuple[Reason, ...]:
    if since >= month or (route == "over_age_poor" and not law.is_on(FOR_LIFE)):
        return ()
    shown = show_month(since)
    return (Reason(FOR_LIFE_REASON, f"自{shown}起已核定领取，支付终身", f"granted from {shown}, for life",
                   FOR_LIFE_CITES.get(route, ELSE_FOR_LIFE_CITES)),)  # fmt: skip


def _not_granted(mine: Facts, law: Law, person_id: int, month: Month) -> Verdict:
    """The refusal of the route that came nearest: the fewest failed criteria; of both on a tie, the poor's first.

    Who is not poor and has not paid enough learns both: either would do.
    """
    found = [(mask_at(one, mine, law, person_id, month), one) for one in (OVER_AGE_POOR, REGULAR)]
    least = min(mask.bit_count() for mask, _ in found)
    near = [_refusal(one, mask, "benefit", month, law) for mask, one in found if mask.bit_count() == least]
    first = next((one for one in near if one.answer == "unknown"), near[0])
    others = [one.because for one in near if one is not first and one.answer == first.answer]
    named = {one.id: one for reasons in (first.because, *others) for one in reasons}
    return replace(first, because=tuple(named.values()))


# Every question and all criteria that a verdict may name (of one that two routes share, the regular one's); the ids of its reasons.
QUESTIONS = (PROXY_CONTRIBUTION, REGULAR, OVER_AGE_POOR, CONTINUING)
CRITERIA: dict[str, Criterion] = {one.id: one for asked in (*QUESTIONS, REGULAR) for one in asked.criteria}
REASON_IDS = (
    FOR_LIFE_REASON, *CRITERIA, *(one.fails_as for one in CRITERIA.values()), *(f"unknown_{one}" for one in CRITERIA),
)
# The claim behind each reason of a refusal or a doubt, by the id of the reason.
CLAIM_OF = {
    **{one.fails_as: name for name, one in CRITERIA.items()}, **{f"unknown_{name}": name for name in CRITERIA},
}  # fmt: skip
VERDICTS = {"benefit": benefit_verdict, "proxy_contribution": proxy_verdict}
