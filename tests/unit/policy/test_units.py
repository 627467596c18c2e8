"""Scalars become whole fen, whole basis points, whole counts, or nothing."""

from datetime import date

import pytest

from yingbao.policy.units import UNITS, NotOfThisUnit, read_value

GOOD = [
    ("currency-CNY", "135", 13500),
    ("currency-CNY", "0.07", 7),
    ("currency-CNY", "135.10", 13510),
    ("basis-points", "5000", 5000),
    ("percent", "1.5", 150),
    ("percent", "-0.25", -25),
    ("/1", "0.5", 5000),
    ("/1", "1", 10000),
    ("year", "60", 60),
    ("month", "139", 139),
    ("day", "30", 30),
    ("person", "12", 12),
    ("bool", "true", True),
    ("bool", "false", False),
    ("text", "half_up_fen", "half_up_fen"),
    ("list-of-text", ["a", "b"], ("a", "b")),
    ("date", "2010-01-01", date(2010, 1, 1)),
    ("category", "subsistence_rural", 3),
    ("year", "null", None),
]
BAD = [
    ("currency-CNY", "1.005"),
    ("currency-CNY", "1,000"),
    ("currency-CNY", 1.5),
    ("basis-points", "1.5"),
    ("percent", "1.005"),
    ("/1", "0.00005"),
    ("year", "60.5"),
    ("year", True),
    ("bool", "yes"),
    ("bool", 1),
    ("text", "Half Up"),
    ("list-of-text", "a"),
    ("list-of-text", ["a", "a"]),
    ("date", "2010-13-01"),
    ("category", "3"),
    ("category", "no_such_group"),
    ("year", ["60"]),
    ("year", ""),
]


@pytest.mark.parametrize(("unit", "raw", "value"), GOOD)
def test_a_scalar_is_read_in_its_unit(unit, raw, value):
    assert read_value(raw, unit) == value


@pytest.mark.parametrize(("unit", "raw"), BAD)
def test_what_is_not_whole_or_not_of_the_unit_is_refused(unit, raw):
    with pytest.raises(NotOfThisUnit):
        read_value(raw, unit)


def test_every_unit_is_tried():
    assert {unit for unit, _, _ in GOOD} == set(UNITS)
