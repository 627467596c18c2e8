"""House rule 7: the reference is generated, and is what the program would write now."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("yingbao_docs_generate", DOCS / "generate.py")
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)


@pytest.mark.parametrize("name", generate.PAGES)
def test_the_page_says_what_the_program_says_now(name):
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == generate.page(name), "run: python docs/generate.py"


def test_no_page_is_left_over():
    assert {path.name for path in (DOCS / "reference").glob("*.md")} == set(generate.PAGES)
