"""What is committed belongs to the project alone: no traces of machines, indexes or downloads."""

import re
from pathlib import Path

from tests.house.tree import files, python_files, text

# Spelt in pieces, or this file would name what it forbids.
INDEX_HOSTS = re.compile(
    r"\b(?:test\.|upload\.)?" + "pypi" + r"\.(?:org|python\.org)|"
    r"\bfiles\." + r"pythonhosted" + r"\.org|--(?:extra-)?index" + r"-url|--find" + r"-links|"
    r"\bproxy\.golang" + r"\.org|registry\.npmjs" + r"\.org",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|" + "root|" + r"home/[a-z]\w*|Users/\w+)/[\w.]")
HUGE_BYTES = 512 * 1024
BINARY = {".png", ".ico", ".gz", ".zst", ".tar", ".zip", ".db", ".sqlite", ".bin", ".o"}
GENERIC_HOMES = re.compile(r"/(?:root|home/(?:user|me|you|app|alice|bob|nonroot))/")
"""Paths inside invented images are no paths of a machine."""


def _texts() -> list[Path]:
    return [path for path in files() if path.suffix not in BINARY]


def test_no_file_names_a_package_index() -> None:
    """Where packages come from is decided by whoever installs."""
    found = [str(path) for path in _texts() if INDEX_HOSTS.search(text(path))]

    assert found == []


def test_no_file_names_a_path_of_a_machine() -> None:
    """The repository works wherever it is cloned to."""
    found = {}
    for path in _texts():
        hits = list(MACHINE_PATHS.finditer(text(path)))
        real = [hit[0] for hit in hits if not GENERIC_HOMES.match(hit.string[hit.start() :])]
        if real:
            found[str(path)] = real

    assert found == {}


def test_no_lock_names_its_index() -> None:
    """A lock file of uv records the index; the pinned requirements do not."""
    assert [str(path) for path in files() if path.name in ("uv.lock", "poetry.lock")] == []


def test_requirements_are_pinned_with_hashes() -> None:
    """Every requirement of every file has one exact version and at least one hash."""
    for path in files():
        if path.parts[0] == "requirements" and path.suffix == ".txt":
            lines = [
                line
                for line in text(path).splitlines()
                if line and not line.lstrip().startswith("#")
            ]
            packages = [line for line in lines if not line.startswith(" ")]
            assert all(re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*\\$", line) for line in packages)
            hashes = [line for line in lines if "--hash=sha256:" in line]
            assert len(packages) <= len(hashes), path


def test_no_file_is_huge() -> None:
    """Test data is generated; nothing large is stored."""
    from tests.house.tree import ROOT

    large = [str(path) for path in files() if (ROOT / path).stat().st_size > HUGE_BYTES]

    assert large == []


def test_nothing_generated_by_tools_is_committed() -> None:
    """Caches, builds and environments stay out."""
    forbidden = {"__pycache__", ".venv", "build", "dist", "site", ".pytest_cache", ".hypothesis"}

    assert [str(path) for path in files() if forbidden & set(path.parts)] == []


def test_program_does_not_print() -> None:
    """Only the command line speaks; everything below returns values or writes what it is told."""
    loud = [
        str(path)
        for path in python_files("src")
        if re.search(r"^\s*print\(", text(path), re.MULTILINE)
    ]

    assert loud == []
