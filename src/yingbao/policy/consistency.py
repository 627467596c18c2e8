"""What parameters must be to each other. Asked whenever a law is put together: as shipped, overridden, or reformed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yingbao.policy.errors import NotPositive, TierAboveLimit
from yingbao.policy.parameter import Parameter, Value
from yingbao.values.money import yuan

TIERS = "contribution/tiers"
LIMIT = "contribution/flexible_worker_yearly"
# An account is divided by these months, and certificates are good for those: none is neither.
POSITIVE = ("benefit/annuity_divisor", "hold/life_certificate_months")


def check_consistent(parameters: Mapping[str, Parameter]) -> None:
    """Raise NotPositive, TierAboveLimit.

    国发〔2014〕8号 缴费档次: a province may add tiers, up to what a flexible worker pays for the same time, where that is known.
    """
    for name in POSITIVE:
        for entry in parameters[name].entries if name in parameters else ():
            if entry.value == 0:
                raise NotPositive(name=name, label=parameters[name].label_zh, day=entry.start.isoformat())
    tiers, limit = parameters.get(TIERS), parameters.get(LIMIT)
    if tiers is None or limit is None:
        return
    for day in sorted({entry.start for one in (tiers, limit) for entry in one.entries}):
        table, most = _held(tiers, day), _held(limit, day)
        amounts = [pair[1] for pair in table if isinstance(pair, tuple)] if isinstance(table, tuple) else []
        if amounts and isinstance(most, int) and max(amounts) > most:
            raise TierAboveLimit(name=TIERS, day=day.isoformat(), tier=yuan(max(amounts)), limit=yuan(most), limit_name=LIMIT)


def _held(parameter: Parameter, day: date) -> Value | None:
    """The value on a day; None before the first and after a sunset."""
    started = [entry.value for entry in parameter.entries if entry.start <= day]
    return started[-1] if started else None
