"""House rule 8: each term of the glossary is an identifier of the program."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
FILES = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.yaml"), *(ROOT / "policy").rglob("*.yaml")]
# Names in the program's text, and names of its files and folders: a parameter is a file.
WORDS = {word for path in FILES for word in re.findall(r"[A-Za-z_][A-Za-z_0-9]*", path.read_text(encoding="utf-8"))}
WORDS |= {path.stem for path in FILES} | {path.parent.name for path in FILES}


def _terms() -> list[tuple[str, str]]:
    rows = [line.split("|")[1:-1] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return [(row[0].strip(), name) for row in rows for name in re.findall(r"`([^`]+)`", row[2])]


def test_the_glossary_is_read():
    assert len(_terms()) > 40


@pytest.mark.parametrize(("term", "identifier"), _terms())
def test_each_term_is_an_identifier(term, identifier):
    assert identifier in WORDS, f"{term}: `{identifier}` is nowhere in src or policy"


def test_no_term_stands_twice():
    names = [term for term, _ in {(row.split("|")[1].strip(), row) for row in GLOSSARY.splitlines() if row.startswith("| ")}]
    assert len(names) == len(set(names))
