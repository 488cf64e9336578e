"""Starting costs what it must: nothing heavy is imported before it is needed."""

import json
import subprocess
import sys

import pytest

LIST_MODULES = "; import json, sys; print('MODULES', json.dumps(sorted(sys.modules)))"
HEAVY = {
    "asyncio",
    "click",
    "cvss",
    "hashlib",
    "httpx",
    "isal",
    "json",
    "lzma",
    "msgspec",
    "packageurl",
    "packaging",
    "platformdirs",
    "re",
    "rich",
    "sqlite3",
    "ssl",
    "tomllib",
    "xml",
    "zipfile",
    "zstandard",
}
"""What costs more than a millisecond, by name of its top package."""
NETWORK = {"httpx", "httpcore", "ssl", "asyncio", "anyio"}


def _imported(code: str) -> set[str]:
    """Return the top packages that a bare interpreter has loaded after running ``code``."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", code + LIST_MODULES],
        capture_output=True,
        text=True,
        check=True,
    )
    listed = done.stdout.rpartition("MODULES ")[2]
    # json itself is imported by the list that is printed.
    return {name.partition(".")[0] for name in json.loads(listed)} - _bare()


def _bare() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", "0" + LIST_MODULES], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.partition(" ")[2])}


def test_the_package_alone_imports_nothing() -> None:
    """``import pratique`` gives the version and nothing else."""
    assert {"pratique"} == _imported("import pratique; assert pratique.__version__")


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_answered_before_anything_is_imported(flag: str) -> None:
    """No library at all, and none of our own floors."""
    run = f"import sys; sys.argv = ['pratique', {flag!r}]; import pratique.__main__ as m; m.main()"

    assert {"pratique"} == _imported(run)


def test_the_program_prints_its_version() -> None:
    """The fast path says the same as the package."""
    from pratique import __version__

    done = subprocess.run(
        [sys.executable, "-m", "pratique", "--version"], capture_output=True, text=True, check=True
    )

    assert f"pratique {__version__}\n" == done.stdout


def test_the_overview_imports_no_command() -> None:
    """``pratique --help`` needs click, but neither network nor data bases."""
    run = "from pratique.cli.main import run; run(['--help'])"
    forbidden = HEAVY & {"httpx", "rich", "sqlite3", "ssl", "xml", "zstandard", "isal"}

    assert set() == _imported(run) & forbidden


def test_the_interfaces_need_the_standard_library_and_msgspec_only() -> None:
    """The model floor stands on nothing else, so every floor may import it freely."""
    run = "import pratique.model.report, pratique.model.units"
    libraries = HEAVY - {"hashlib", "json", "re", "msgspec"}

    assert set() == _imported(run) & libraries
