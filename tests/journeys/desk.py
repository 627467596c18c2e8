"""The command line at a desk, in this process: what is printed, and the code it leaves with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from yingbao.cli import program
from yingbao.cli.show import SCREEN

REFUSED = 2


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document under ``--json``."""
        return json.loads(self.out)


class Desk:
    """Runs commands against the store of a test, one after another."""

    def __init__(self, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("YINGBAO_DATABASE_URL", address)
        monkeypatch.setenv("COLUMNS", "200")
        self.patch, self.captured = monkeypatch, capsys

    def __call__(self, *words: object, on: str = "", by: str = "", typed: str = "") -> Said:
        """A command with its date and officer; ``typed``: what is typed at a prompt."""
        line = ["yingbao", *(str(one) for one in words), *(("--on", on) if on else ()), *(("--by", by) if by else ())]
        self.patch.setattr("sys.argv", line)
        self.patch.setattr("typer.prompt", lambda *_, **__: typed)
        SCREEN.as_json, SCREEN.lang = False, "zh"
        self.captured.readouterr()
        try:
            program.main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            SCREEN.as_json, SCREEN.lang = False, "zh"
        told = self.captured.readouterr()
        return Said(code, told.out, told.err)

    def done(self, *words: object, **how: str) -> Said:
        """A command that must be done."""
        said = self(*words, **how)
        assert said.code == 0, said.err + said.out
        return said

    def refused(self, *words: object, **how: str) -> str:
        """A command that must be refused: its sentence."""
        said = self(*words, **how)
        assert (said.code, said.out, "Traceback" in said.err) == (REFUSED, "", False), said
        return said.err


def cells(path: Path) -> str:
    """All words of a paper."""
    import openpyxl

    rows = (row for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell)
