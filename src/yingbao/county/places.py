"""The villages of the county, as ``policy/divisions`` lists them."""

from __future__ import annotations

from functools import cache

import polars as pl

from yingbao.policy.divisions import load_divisions

STORY_TOWN = "320682111"  # 长江镇, where the bulletin visits a household
STORY_VILLAGE = "320682111023"  # 杨洲居
_LAST_TOWN = "320682401"  # beyond it: farms and a hospital, where nobody is registered as a villager


@cache
def villages() -> pl.DataFrame:
    """``village`` (12 digits), ``village_name`` (杨洲居), ``town`` (9 digits), ``town_name``, by code."""
    divisions = load_divisions()
    rows = [
        (
            one.code,
            one.name.replace("居委会", "居").replace("村委会", "村"),
            one.parent,
            divisions.by_code[one.parent].name,
        )
        for one in divisions.villages()
        if one.parent and one.parent <= _LAST_TOWN
    ]
    return pl.DataFrame(rows, schema=["village", "village_name", "town", "town_name"], orient="row").sort("village")
