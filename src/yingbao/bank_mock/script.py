"""What the made-up bank shall do: a small YAML document. Chances are of 10,000 lines.

settled: 9700
curable: 150
do_not_resend: 50
unknown: 100            # what is left to 10,000
unknown_paid: 5000      # of 10,000 unknowns, how many the bank did pay
unknown_rounds: 1       # how many rounds until it says so
answer_days: 1
lines: {4: unknown_paid}          # by line number, in every batch
names: {陈桂兰: curable}           # by the name on the account
misbehave: {"*": [late, truncated]}   # by batch number, or * for all
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import yaml

from yingbao.values.errors import YingbaoError

CHANCES = 10_000

# What happens to a line: whether the bank pays, and what it says first.
FATES = ("settled", "curable", "do_not_resend", "unknown_paid", "unknown_unpaid")

MISDEEDS = {
    "late": "the answer comes a round later",
    "duplicate": "the answer comes twice, byte for byte",
    "truncated": "the end of the file is missing; the whole file comes a round later",
    "flipped_digest": "a digit of the digest is wrong; the right file comes a round later",
    "other_batch": "the file speaks of another batch; the right file comes a round later",
    "missing_line": "one line is not answered; the whole file comes a round later",
    "wrong_total": "the total is a fen off under a good seal; the right file comes a round later",
}


class BadScript(YingbaoError):
    """The script of the made-up bank has a mistake."""

    zh = "模拟银行的脚本不能使用：{why}。请改正脚本。"
    en = "The script of the made-up bank cannot be used: {why}. Correct it."


@dataclass(frozen=True)
class Script:
    """The bank's behaviour. Chances in 10,000; what is left of them is unknown."""

    settled: int = 9700
    curable: int = 150
    do_not_resend: int = 50
    unknown: int = 100
    unknown_paid: int = 5000
    unknown_rounds: int = 1
    answer_days: int = 1
    lines: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    misbehave: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chances = (self.settled, self.curable, self.do_not_resend, self.unknown)
        if min(*chances, self.unknown_paid, self.unknown_rounds) < 0 or sum(chances) != CHANCES:
            raise BadScript(why=f"四种结果之和应为 {CHANCES}，现为 {sum(chances)}")
        if odd := sorted({*self.lines.values(), *self.names.values()} - set(FATES)):
            raise BadScript(why=f"没有这种结果：{', '.join(odd)}")
        if odd := sorted({deed for deeds in self.misbehave.values() for deed in deeds} - set(MISDEEDS)):
            raise BadScript(why=f"没有这种差错：{', '.join(odd)}")

    def misdeeds(self, batch: str) -> tuple[str, ...]:
        """What goes wrong with the answer to a batch."""
        return tuple(self.misbehave.get(batch, self.misbehave.get("*", ())))


def script_from_text(text: str) -> Script:
    """Read a script. Raises BadScript."""
    try:
        raw = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise BadScript(why="不是 YAML") from error
    if not isinstance(raw, dict):
        raise BadScript(why="应为键值")
    if odd := sorted(set(map(str, raw)) - {one.name for one in fields(Script)}):
        raise BadScript(why=f"不认识 {', '.join(odd)}")
    deeds = {str(batch): tuple(told) for batch, told in raw.pop("misbehave", {}).items()}
    return Script(**raw, misbehave=deeds)
