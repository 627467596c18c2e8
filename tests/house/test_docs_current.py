"""House rule 7: the reference is generated and current; pages name what exists, and their example holds."""

import importlib.util
import re
from pathlib import Path

import pytest

from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.tree import load
from yingbao.rules.cases import run_case
from yingbao.values.month import date_from_text

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FOLDERS = ("docs", "examples", "policy", "bench")  # where pages are, beside the root
_spec = importlib.util.spec_from_file_location("yingbao_docs_generate", DOCS / "generate.py")
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)


@pytest.mark.parametrize("name", generate.PAGES)
def test_the_page_says_what_the_program_says_now(name):
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == generate.page(name), "run: python docs/generate.py"


def test_no_page_is_left_over():
    assert {path.name for path in (DOCS / "reference").glob("*.md")} == set(generate.PAGES)


def _pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))]


def _anchors(page: Path) -> set[str]:
    """The names of a page's headings, as a reader's browser knows them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _leads_nowhere(page: Path, target: str, anchor: str) -> bool:
    there = page.parent / target if target else page
    return not there.exists() or bool(anchor and anchor not in _anchors(there))


def test_every_link_between_pages_leads_to_a_page_and_a_heading():
    broken = [
        f"{page.relative_to(ROOT)}: {target}#{anchor}"
        for page in _pages()
        for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8"))
        if _leads_nowhere(page, target, anchor)
    ]
    assert broken == []


def test_every_command_that_a_page_names_exists():
    known = set(re.findall(r"^## `yingbao ([^`]+)`", generate.page("commands.md"), re.MULTILINE))
    first = {one.split()[0] for one in known}
    named = {
        (page.name, match[1], match[2] or "")
        for page in _pages()
        for match in re.finditer(r"(?:^|`|  )yingbao ([a-z]+)(?: +([a-z][a-z-]*))?", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert [one for one in named if one[1] not in first] == []
    assert [one for one in named if one[1] not in known and one[2] and f"{one[1]} {one[2]}" not in known] == []


def test_the_example_of_the_case_guide_holds(tmp_path):
    text = (DOCS / "guides" / "cases.md").read_text(encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    document = dict(read_text_yaml(path, path.name))
    law = load(region=document["law"]).in_force(date_from_text(str(document["known_on"])), document["overrides"])
    assert run_case(document, law).differences == []
