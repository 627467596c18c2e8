"""A small made-up batch and the bank's answer to it."""

from __future__ import annotations

from datetime import date

from yingbao.formats.bank import (
    AnswerHead,
    AnswerLine,
    PaymentBatch,
    PaymentLine,
    Profile,
    load_profile,
    profile_from_text,
    return_bytes,
)
from yingbao.formats.bank.digest import digest_hex

BATCH = PaymentBatch("B20181201", date(2018, 12, 20), "XY001", "3206820100000001", "CNY", "201812养老金")

# Two people on one account, and one account inside another: what a matcher by account gets wrong.
SHARED = "6228480010001234567"
LINES = [
    PaymentLine(1, SHARED, "陈桂兰", "32068219500101002X", 13500, "201812养老金", "101"),
    PaymentLine(2, SHARED, "陈大年", "320682194801010015", 28900, "201812养老金", "102"),
    PaymentLine(3, SHARED[:-3], "王桂兰", "", 13500, "201812养老金", "103"),
    PaymentLine(4, "62284800100099", "李阿姨", "", 14800, "201812养老金", "104"),
    PaymentLine(5, "62284800100088", "张奶奶", "", 100, "201812养老金", "105"),
]
SENT = {line.line: line.amount_fen for line in LINES}
ASKED = {line.line: line for line in LINES}
HEAD = AnswerHead(BATCH.number, 1, date(2018, 12, 21))

ANSWERS = [
    AnswerLine(1, "0", "0000", "成功", "S001", date(2018, 12, 20), 13500),
    AnswerLine(2, "1", "3031", "账号户名不符"),
    AnswerLine(3, "1", "3201", "账户已销户"),
    AnswerLine(4, "2", "3900", "处理超时"),
    AnswerLine(5, "1", "9987", "没有约定的代码"),
]

FIXED_WIDTH = """
title: 定长
status: illustrative
source: a test
encoding: gb18030
separator: null
line_end: "\\n"
digest: sha256
date_format: "%Y-%m-%d"
max_lines: 10
payment:
  file_name: "F_{batch}.dat"
  header:
    - {name: 批次号, from: batch, width: 20}
    - {name: 总笔数, from: count, width: 8}
    - {name: 总金额, from: total, width: 16}
  detail:
    - {name: 明细序号, from: line, width: 8}
    - {name: 账号, from: account, width: 32}
    - {name: 户名, from: account_name, width: 20}
    - {name: 金额, from: amount, width: 16}
  trailer: [{name: 校验, from: digest, width: 64}]
answer:
  file_name: "R_{batch}.dat"
  header:
    - {name: 批次号, from: batch, width: 20}
    - {name: 总笔数, from: count, width: 8}
    - {name: 总金额, from: total, width: 16}
  detail:
    - {name: 明细序号, from: line, width: 8}
    - {name: 结果, from: result, width: 1}
    - {name: 返回码, from: code, width: 4}
    - {name: 入账日期, from: booked_on, width: 10}
    - {name: 金额, from: paid, width: 16}
  trailer: [{name: 校验, from: digest, width: 64}]
results: {"0": settled, "1": failed, "2": unknown}
codes: {"3031": {outcome: curable, zh: 账号户名不符}, "3201": {outcome: do_not_resend, zh: 销户}}
"""


def rural() -> Profile:
    """The default profile."""
    return load_profile("rural_bank_text")


def fixed_width() -> Profile:
    """A layout of fixed width, to prove that layout is data."""
    return profile_from_text("fixed_width", FIXED_WIDTH)


def answer_bytes(profile: Profile | None = None, answers: list[AnswerLine] | None = None) -> bytes:
    """The bank's whole first answer as it arrives."""
    return return_bytes(profile or rural(), HEAD, ANSWERS if answers is None else answers, ASKED)


def redigest(content: bytes) -> bytes:
    """The file with a right digest again: a bank that lies with a good seal."""
    body = content[: content.rindex(b"SM3|")]
    return body + f"SM3|{digest_hex('sm3', body)}\r\n".encode()
