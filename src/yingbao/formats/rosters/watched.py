"""Lists against falling back into poverty (防止返贫监测): the group that a row, a line or a name speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from yingbao.formats.rosters.clean_values import folded
from yingbao.values.facts import Category

# 易返贫致贫人口 and 防止返贫 speak of the whole of them; 低保边缘 is a group of civil affairs.
_GROUPS = {
    Category.FALLEN_INTO_POVERTY.key: re.compile(
        r"(?<!易)(?<!防)(?<!防止)返贫(致贫|户|人口|人员|对象)|(?<!易)(?<!返贫)致贫(户|人口|人员)|^(已|新)?(返贫|致贫)$"),
    Category.MONITORED_UNSTABLE.key: re.compile(r"脱贫不稳定|脱贫监测户"),
    Category.MONITORED_MARGINAL.key: re.compile(r"边缘易致贫|(?<!低保)边缘(户|人口)|^边缘$"),
    Category.MONITORED_HARDSHIP.key: re.compile(r"突发严重困难|严重困难(户|人口)"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def watched_group(text: str) -> str | None:
    """The key of the one group that a text names; None where it names none, or several."""
    plain = folded(text)
    found = [key for key, words in _GROUPS.items() if words.search(plain)]
    return found[0] if len(found) == 1 else None
