"""Nothing of the machine it was written on, no host of a package registry and no key stands in the project."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Written in parts, so that this file does not find itself.
FORBIDDEN = {
    "a path of somebody's machine": re.compile("/" + r"(?:work|root|home)/|/tmp" + "/bash|/opt" + "/(?:pypi|wheels)"),
    "a registry's host or index": re.compile("pythonhosted" + r"\.org|pypi" + r"\.(?:org|tuna)|--(?:extra-)?index" + "-url [^ ]*/"),
    "a private key": re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY"),
    "a folder beside the project": re.compile(r"\.\./shared" + "/"),
}
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".lock", ".txt", ".json", ".csv", ".cfg", ".svg", ".html", ".sh", ""}


def _files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listed.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).suffix in TEXT and (ROOT / name).is_file()]


def test_no_file_names_a_machine_a_registry_or_a_key():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {what}"
        for path in _files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]
    assert found == []


def test_the_project_is_read():
    assert len(_files()) > 100
