"""A made-up tree of the law, two layers high, that a test may spoil in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

REGIONS = """
here:
  name: 这里
  name_en: Here
  pool: "320999"
  layers: [far, near]
"""
SOURCE = """
title: 通知
number: null
number_unknown_because: 测试
issuer: [某局]
issued_on: 2018-01-01
verified: 测试
articles:
  一: {quote: 每月100元}
  二: {paraphrase: 听说是100元}
  三: {choice: 我们定100元}
"""
AMOUNT = """
description: 金额 (amount), yuan a month
metadata:
  unit: currency-CNY
  period: month
  status: published
  reference:
    2018-01-01: [{title: 一, href: notice}]
    2019-01-01: [{title: 一, href: notice}]
  announced: {2019-01-01: 2019-03-01}
  last_value_still_valid_on: 2019-12-31
values:
  2018-01-01: {value: 100}
  2019-01-01: {value: 110.50}
"""


class Tree:
    """A folder of the law in a temporary place."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def spoil(self, old: str, new: str, path: str = "near/pay/amount.yaml") -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))


@pytest.fixture
def amount() -> str:
    return AMOUNT


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = Tree(tmp_path)
    made.write("regions.yaml", REGIONS)
    made.write("sources/notice.yaml", SOURCE)
    made.write("near/pay/amount.yaml", AMOUNT)
    (tmp_path / "far").mkdir()
    return made
