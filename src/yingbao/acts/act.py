"""The decorator of every act: checks the officer, opens one transaction, writes one audit row."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import OperationalError, transaction

from yingbao.acts.errors import NotAllowed, OfficerLeft, UnknownOfficer, YearClosed
from yingbao.acts.verbs import VERB_ZH
from yingbao.store import audit, tally
from yingbao.store.errors import StoreBusy, UnknownPool
from yingbao.store.models import ClosedYear, Officer, Pool

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """What an officer may do. Nobody approves what he made, whatever his roles."""

    MAKER = "maker"
    CHECKER = "checker"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_ZH = {
    Role.MAKER: "经办", Role.CHECKER: "复核", Role.FINANCE: "财务", Role.AUDITOR: "审计", Role.ADMIN: "系统管理",
}  # fmt: skip


@dataclass
class Act:
    """The act in hand: its pool, number in the audit chain, business date and officer.

    ``note`` adds to the audit summary (never an ID or account number). ``nothing_done`` marks an
    act that found nothing to change: it leaves no trace.
    """

    pool: int
    seq: int
    on: date
    by: Officer
    verb: str
    subject: str = ""
    summary: dict[str, Any] = field(default_factory=dict)
    empty: bool = False

    def about(self, subject: object, **notes: object) -> None:
        """Say what the act is about, and its figures."""
        self.subject = str(subject)
        self.summary.update(notes)

    def wrote(self, **rows: int) -> None:
        """Count rows written (``fact``, ``fact_change``, ``person``): the check counts them again in the tables."""
        kept = self.summary.setdefault("wrote", {})
        for table, count in rows.items():
            if count:
                kept[table] = kept.get(table, 0) + count

    def nothing_done(self) -> None:
        """The act changes nothing and is not recorded."""
        self.empty = True


REGISTRY: dict[str, Role] = {}


def officer(login: str) -> Officer:
    """The active officer of a login. Raises UnknownOfficer, OfficerLeft."""
    found = Officer.objects.filter(login=login).first()
    if found is None:
        raise UnknownOfficer(login=login)
    if not found.active:
        raise OfficerLeft(officer=found.name, login=login)
    return found


def allowed(by: Officer, needs: Role, pool: int, verb: str) -> None:
    """Raise NotAllowed unless the officer holds the role for the pool, today, in the database."""
    now = officer(by.login)
    if needs not in now.roles or now.pool not in (None, pool):
        raise NotAllowed(officer=by.name, role=ROLE_ZH[needs], pool=pool, verb=verb, what=VERB_ZH.get(verb, verb))


def _refuse_closed(pool: int, on: date) -> None:
    """Raise YearClosed for a business date in a closed year, or before one. The database refuses it again."""
    closed = ClosedYear.objects.filter(pool=pool, year__gte=on.year).order_by("-year").first()
    if closed is not None:
        raise YearClosed(year=closed.year, on=on.isoformat(), open=closed.year + 1)


# What a database says when it is held too long or had to choose between two: try again, nothing was written.
_BUSY = ("database is locked", "deadlock detected", "could not serialize")


@contextmanager
def _patient() -> Iterator[None]:
    """Turn the database's own words for "busy" into a sentence for a clerk. Raises StoreBusy."""
    try:
        yield
    except OperationalError as error:
        if any(word in str(error) for word in _BUSY):
            raise StoreBusy from error
        raise


def act(verb: str, *, needs: Role) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[..., R]]:
    """Make a function an act: ``f(act, …)`` is called as ``f(…, pool=, by=, on=)``.

    The audit head of the pool is locked first, so acts of a pool stand in line and what they
    read does not move under them.
    """

    def decorate(change: Callable[Concatenate[Act, P], R]) -> Callable[..., R]:
        REGISTRY[verb] = needs

        @functools.wraps(change)
        def run(*args: Any, pool: int, by: Officer, on: date, **kwargs: Any) -> R:
            with _patient(), transaction.atomic():
                head = audit.lock(pool)
                if not Pool.objects.filter(pk=pool).exists():
                    raise UnknownPool(pool=pool)
                allowed(by, needs, pool, verb)  # in line: a role taken away a moment ago is gone
                _refuse_closed(pool, on)
                this = Act(pool, head.seq + 1, on, by, verb)
                with tally.counting() as written:
                    result = change(this, *args, **kwargs)
                if not this.empty:
                    tally.refuse_numbers(verb, audit.canonical(this.summary))
                    this.summary[tally.KEY] = {name: str(one) for name, one in sorted(written.items())}
                    audit.append(head, on=on, officer_id=by.pk, verb=verb, subject=this.subject, summary=this.summary)
            return result

        return run

    return decorate
