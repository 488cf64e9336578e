"""The command starts a server only where its libraries are, and loads them only then."""

import subprocess
import sys

from tests.cli.scanning import Run

WITHOUT = """
import importlib.util as util, sys
real = util.find_spec
util.find_spec = lambda name, *more: None if name == {absent!r} else real(name, *more)
from pratique.cli.main import run
sys.exit(run([{command!r}]))
"""


def run_without(absent: str, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process in which a library cannot be found."""
    code = WITHOUT.format(absent=absent, command=command)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_without_the_extra_it_says_how_to_get_it() -> None:
    done = run_without("pygls", "lsp")

    assert done.returncode == 2
    assert "needs pygls" in done.stderr
    assert "requirements/lsp.txt" in done.stderr


def test_the_help_loads_no_server() -> None:
    code = (
        "import sys; from pratique.cli.main import run; run(['lsp', '--help']);"
        "sys.exit(any(name in sys.modules for name in ('pygls', 'lsprotocol', 'asyncio')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert done.returncode == 0


def test_it_takes_no_argument(pratique: Run) -> None:
    assert pratique("lsp", "--tcp")[0] == 2
