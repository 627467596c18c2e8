"""The lines of a run: what the engine proposes, officers approve, the store keeps and the books take."""

from __future__ import annotations

from enum import IntEnum

import polars as pl

LINES = {
    "line": pl.Int32,
    "person_id": pl.Int64,
    "item": pl.Int16,
    "from_month": pl.Int32,
    "until_month": pl.Int32,
    "monthly_fen": pl.Int64,
    "amount_fen": pl.Int64,
    "line_class": pl.Int16,
    "arrears_type": pl.Int16,
    "bank_line": pl.Int32,
}


class LineClass(IntEnum):
    """What a line asks for."""

    PAY = 1
    RECOVER = 2
    HELD = 3
    SET_OFF = 4
    WRITE_OFF = 5
    RESTORE = 6  # a claim that was given up, and is none to give up any more


class ArrearsType(IntEnum):
    """Why months before the run's own are in it; the codes of practice (补扣类型)."""

    NONE = 0
    FIRST = 11  # 核定补发: before the first month that was booked for the person
    RESUMED = 12  # 待遇接续补发: nothing was booked for the person in these months, but something earlier
    ADJUSTED = 13  # 调整补发: the person was booked in these months, at another rate or without this item
    TERMINATED = 15  # 终止补发: months up to a death that is known, paid to the heirs


ARREARS_ZH = {0: "", 11: "核定补发", 12: "待遇接续补发", 13: "调整补发", 15: "终止补发"}
