"""House rule 4: every parameter has label, unit, source, status, validity; every source quotes its article."""

import ast
import re
from pathlib import Path

import pytest

from yingbao.acts.runs import CITATION
from yingbao.policy.parameter import Status
from yingbao.policy.parameter_file import METADATA_KEYS, TOP_KEYS
from yingbao.policy.regions import load_regions
from yingbao.policy.sources import load_sources
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.tree import load, policy_root

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / "policy"
LAYERS = sorted({layer for region in load_regions(POLICY).values() for layer in region.layers})
FILES = sorted(path for layer in LAYERS for path in (POLICY / layer).rglob("*.yaml"))
SOURCES = load_sources(POLICY / "sources")
FOLDERS = sorted({path.parent.name for path in FILES})
NAME = re.compile(rf"(?:{'|'.join(FOLDERS)})/[a-z_0-9]+")


def _shown(path: Path) -> str:
    return path.relative_to(POLICY).as_posix()


def test_the_law_tested_is_the_law_shipped():
    assert policy_root().resolve() == POLICY


@pytest.mark.parametrize("region", load_regions(POLICY))
def test_the_law_of_every_region_loads(region):
    assert load(POLICY, region).parameters


@pytest.mark.parametrize("path", FILES, ids=_shown)
def test_every_parameter_has_label_unit_source_status_and_validity(path):
    raw = read_text_yaml(path)
    metadata = raw["metadata"]
    assert set(raw) <= set(TOP_KEYS)
    assert set(metadata) <= set(METADATA_KEYS)
    assert re.match(r".*[\u4e00-\u9fff].* \(.+\)", raw["description"])
    assert metadata.get("unit") or metadata.get("amount_unit")
    assert metadata["status"] in list(Status)
    assert metadata["last_value_still_valid_on"]
    assert metadata["reference"]


@pytest.mark.parametrize("path", FILES, ids=_shown)
def test_every_reference_is_to_a_passage_that_its_source_holds(path):
    for items in read_text_yaml(path)["metadata"]["reference"].values():
        for item in items:
            assert SOURCES[item["href"]].articles[item["title"]].text


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_every_source_says_its_number_or_why_it_has_none_and_how_it_was_verified(source):
    assert source.number or source.number_unknown_because
    assert source.issuer
    assert source.verified
    assert source.articles


def test_no_source_lies_about_without_a_parameter_that_cites_it():
    cited = {
        item["href"]
        for path in FILES
        for items in read_text_yaml(path)["metadata"]["reference"].values()
        for item in items
    }
    assert set(SOURCES) == cited


def test_every_folder_of_the_law_is_a_layer_or_known():
    folders = {path.name for path in POLICY.iterdir() if path.is_dir()}
    assert folders == {*LAYERS, "sources", "divisions"}


def test_there_is_no_code_in_the_law():
    assert {path.suffix for path in POLICY.rglob("*") if path.is_file()} == {".yaml", ".csv", ".md"}


def test_every_parameter_that_the_program_names_exists():
    names = set(load(POLICY).parameters)
    asked = {
        (path.relative_to(ROOT).as_posix(), node.value)
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
    }
    assert sorted(one for one in asked if one[1] not in names) == []


def test_every_entry_of_a_run_cites_a_passage_that_its_source_holds():
    for cited in CITATION.values():
        source, _, article = cited.partition(" ")
        assert SOURCES[source].articles[article].text
