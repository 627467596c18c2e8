"""Keeping the picture of *done* compact: derived from the journal, thrown away and made again at will."""

from __future__ import annotations

from yingbao.acts.act import Act, Role, act
from yingbao.store.done import rebuild_done, true_picture


@act("ledger.compact", needs=Role.FINANCE)
def compact(act: Act) -> int:
    """Take a new compact picture of what has been done, read from the whole journal; its rows. A true one stays: no effect."""
    rows = true_picture(act.pool)
    if rows is not None:
        act.nothing_done()
        return rows
    rows = rebuild_done(act.pool, from_journal=True)
    act.about("done", rows=rows)
    return rows
