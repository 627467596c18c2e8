"""A slip of the hand on the command line, or in a file, is refused in the reader's language."""

from __future__ import annotations

import re

import pytest

from yingbao.cli import context, english
from yingbao.cli.errors import YearBeyond
from yingbao.policy.errors import BadYaml
from yingbao.policy.text_yaml import parse_text_yaml


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_or_month_of_no_county_is_refused(text):
    with pytest.raises(YearBeyond):
        context.day(text)
    with pytest.raises(YearBeyond):
        context.month(text[:7])


@pytest.mark.parametrize("text", ["a: [1", "a:\n\t- b", "a: 1\n---\nb: 1"])
def test_what_is_wrong_with_a_yaml_file_is_said_in_english_too(text):
    with pytest.raises(BadYaml) as caught:
        parse_text_yaml(text, "x.yaml")
    assert not re.search("[\u4e00-\u9fff]", english.reason(str(caught.value.details["why"])))
