"""Each of the 44 kinds of dirt gets the disposition that practice names for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from yingbao.formats.rosters import CODES_BY_KIND, REASONS, Record, RosterReading, read_roster
from yingbao.formats.rosters.gallery import GALLERY_KIND, GALLERY_MONTH, Expected, write_gallery

SHIPPED = Path(__file__).parents[4] / "examples" / "dirt-gallery.xlsx"


@cache
def gallery() -> tuple[list[Expected], RosterReading]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gallery.xlsx"
        expected = write_gallery(path)
        return expected, read_roster(path, kind=GALLERY_KIND, data_month=GALLERY_MONTH)


def said(record: Record) -> list[str]:
    return [problem.code for problem in [*record.problems, *record.notes]]


@pytest.mark.parametrize("kind", range(1, 45))
def test_a_kind_of_dirt_gets_its_named_disposition(kind: int) -> None:
    expected, reading = gallery()
    records = {(record.sheet, record.row, record.part): record for record in reading.records}
    notes = {sheet.name: [note.code for note in sheet.notes] for sheet in reading.sheets}
    mine = [row for row in expected if row.kind == kind]
    assert mine
    for row in mine:
        if row.disposition == "sheet":
            assert row.code in notes[row.sheet]
            continue
        record = records[row.sheet, row.row, row.part]
        assert record.disposition == row.disposition, (row, said(record))
        assert not row.code or row.code in said(record), (row, said(record))


def test_a_row_of_the_gallery_is_rejected_only_for_its_own_kind() -> None:
    expected, reading = gallery()
    own: dict[tuple[str, int, int], set[str]] = {}
    for row in expected:
        own.setdefault((row.sheet, row.row, row.part), set()).add(row.code)
    quarantined = [record for record in reading.records if record.disposition == "quarantined"]
    assert quarantined
    for record in quarantined:
        assert set(record.codes) <= own[record.sheet, record.row, record.part]


def test_every_kind_has_a_code_a_sentence_and_an_effect() -> None:
    assert all(CODES_BY_KIND[kind] for kind in range(1, 45))
    effects = {"fixed", "asked", "blocked", "informative", "ignored", "refused"}
    assert all(reason.zh.endswith("。") and reason.en and reason.effect in effects for reason in REASONS.values())


def test_every_row_and_record_of_the_gallery_is_accounted_for() -> None:
    _, reading = gallery()
    assert reading.row_account.balances
    assert reading.record_account.balances
    assert reading.rows_read == sum(sheet.rows for sheet in reading.sheets)


def test_the_shipped_gallery_reads_like_a_fresh_one() -> None:
    _, fresh = gallery()
    shipped = read_roster(SHIPPED, kind=GALLERY_KIND, data_month=GALLERY_MONTH)
    assert [(r.row, r.part, r.disposition, said(r)) for r in shipped.records] == [
        (r.row, r.part, r.disposition, said(r)) for r in fresh.records
    ]


def test_no_sentence_shows_a_number_in_clear() -> None:
    _, reading = gallery()
    for record in reading.records:
        clear = record.fields.id.reveal() if record.fields.id else None
        texts = [problem.shown + problem.text() for problem in [*record.problems, *record.notes]]
        assert clear is None or not any(clear in text for text in texts)
