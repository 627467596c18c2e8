"""A place to stand before every statement: for fault tests, counting and profiles.

``before_statement`` hooks are called with a label before each bulk statement. :func:`watch` adds the
statements of Django itself and the borders of the transaction, so that a harness sees every one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Hook = Callable[[str], None]

before_statement: list[Hook] = []


def tell(label: str) -> None:
    """Call the hooks. Labels: ``copy store_posting``, ``insert store_fact``, ``read SELECT …``."""
    for hook in before_statement:
        hook(label)


@contextmanager
def watch(hook: Hook) -> Iterator[None]:
    """Call ``hook(label)`` before every statement of this thread's connection while the block runs.

    Sees SQL through Django (label: its first 60 characters), bulk statements, ``begin`` (on SQLite ``BEGIN
    IMMEDIATE``), ``commit`` and ``rollback`` before they happen, and ``committed`` right after a commit.
    """

    def through_django(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        hook(str(sql)[:60])
        return execute(sql, params, many, context)

    before_statement.append(hook)
    try:
        with connection.execute_wrapper(through_django), _borders(connection, hook):
            yield
    finally:
        before_statement.remove(hook)


@contextmanager
def _borders(wrapper: Any, hook: Hook) -> Iterator[None]:
    """BEGIN and COMMIT do not pass Django's execute wrappers, so they are told here."""
    began, commit, rollback = wrapper.set_autocommit, wrapper.commit, wrapper.rollback

    def tell_begin(autocommit: bool, *args: Any, **kwargs: Any) -> None:
        if not autocommit and wrapper.vendor != "sqlite":  # on SQLite it is a statement, seen as such
            hook("begin")
        began(autocommit, *args, **kwargs)

    def tell_commit() -> None:
        hook("commit")
        commit()
        hook("committed")

    def tell_rollback() -> None:
        hook("rollback")
        rollback()

    wrapper.set_autocommit, wrapper.commit, wrapper.rollback = tell_begin, tell_commit, tell_rollback
    try:
        yield
    finally:
        for name in ("set_autocommit", "commit", "rollback"):
            delattr(wrapper, name)
