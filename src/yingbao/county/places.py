"""The villages of the county, as ``policy/divisions`` lists them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

TOWNS = {
    "320682001": "如城街道", "320682103": "东陈镇", "320682104": "丁堰镇", "320682105": "白蒲镇", "320682107": "下原镇",
    "320682108": "九华镇", "320682110": "石庄镇", "320682111": "长江镇", "320682112": "吴窑镇", "320682113": "江安镇",
    "320682116": "搬经镇", "320682117": "磨头镇", "320682400": "如皋经济技术开发区", "320682401": "如皋高新技术产业开发区",
}  # fmt: skip
STORY_TOWN = "320682111"  # 长江镇, where the bulletin visits a household
STORY_VILLAGE = "320682111023"  # 杨洲居


@cache
def villages() -> pl.DataFrame:
    """``village`` (12 digits), ``village_name``, ``town`` (9 digits), ``town_name``, by code."""
    listed = pl.read_csv(
        Path(__file__).with_name("villages.csv"), has_header=False, new_columns=["village", "village_name"],
        schema_overrides=[pl.String, pl.String],
    )  # fmt: skip
    listed = listed.with_columns(
        town=pl.col("village").str.slice(0, 9),
        village_name=pl.col("village_name").str.replace("居委会", "居").str.replace("村委会", "村"),
    )
    return listed.with_columns(town_name=pl.col("town").replace_strict(TOWNS)).sort("village")
