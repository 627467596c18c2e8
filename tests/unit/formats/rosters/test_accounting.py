"""Nobody disappears: whatever stands in a sheet, read = stored + quarantined + ignored."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from yingbao.formats.rosters import RosterReading, read_register, read_roster
from yingbao.formats.rosters.errors import RosterRefused
from yingbao.formats.rosters.gallery import made_up_id

CELLS = st.one_of(
    st.just(""),
    st.builds(lambda n: made_up_id("19700102", n), st.integers(0, 30)),
    st.sampled_from(["王芳", "王　芳", "李四(已故)", "合计", "小计", "2人", "全额", "差额", "杨洲居", "长江镇", "姓名", "身份证号",
                     "制表人：某某", "注：说明", "3.20682E+17", "320682194902300025", "2018.9.6", "18.9", "1,000元", "?"]),
    st.text(max_size=6),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=25)
HEADINGS = ["姓名", "身份证号", "村", "救助类型", "保障金额", "备注"]


def read(rows: list[list[str]], reader: object) -> RosterReading | None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADINGS, *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "农村低保.csv"
        path.write_bytes(text.getvalue().encode("utf-8", "replace"))
        try:
            return reader(path)  # type: ignore[operator, no-any-return]
        except RosterRefused:
            return None


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_every_row_of_any_sheet_is_stored_quarantined_or_ignored_with_a_reason(rows: list[list[str]]) -> None:
    reading = read(rows, read_roster)
    if reading is None:
        return
    assert reading.row_account.balances
    assert reading.record_account.balances
    assert {record.row for record in reading.records} == set(range(1, reading.rows_read + 1))
    for record in reading.records:
        assert record.disposition == "stored" or record.codes
        assert record.disposition != "stored" or (record.fields.id and record.fields.name)


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_every_row_of_any_register_is_accounted_for(rows: list[list[str]]) -> None:
    reading = read(rows, read_register)
    if reading is None:
        return
    numbers = [*reading.stored["row"].to_list(), *(record.row for record in [*reading.rejected, *reading.ignored])]
    assert sorted(numbers) == list(range(1, reading.rows_read + 1))
    assert all(record.codes for record in [*reading.rejected, *reading.ignored])


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_reading_twice_gives_the_same(rows: list[list[str]]) -> None:
    first, second = read(rows, read_roster), read(rows, read_roster)
    assert (first is None) == (second is None)
    if first and second:
        assert first.records == second.records
