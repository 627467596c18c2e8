"""What stands below every paper: which of its figures rest on parameters that are only assumed."""

from __future__ import annotations

from collections.abc import Sequence

from yingbao.policy.assumed import sentence


def note_illustrative(names: Sequence[str]) -> list[str]:
    """The line that names the parameters without a public document; none, no line."""
    told = sentence(names)
    return [f"注：{told}"] if told else []


OFFICE = "城乡居民社会养老保险管理处"
# Room for a signature, a stamp and a day, at the foot of a block that somebody else fills in.
SIGNED_BELOW = "\n\n\n签字：                    （盖章）            年    月    日"
MADE_AND_CHECKED = "经办：                    复核：                    负责人（盖章）：                    日期："
