"""The office's months, as sentences."""

from __future__ import annotations

from world import in_file


def test_a_poor_elder_is_in_the_december_bank_file_with_the_base_pension(world):
    assert in_file(world.month("2018-12"))["陈桂兰"] == 13_500
