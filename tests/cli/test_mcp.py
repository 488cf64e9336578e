"""The command starts a server only where its library is, and loads it only then."""

import subprocess
import sys

from tests.cli.scanning import Run
from tests.cli.test_lsp import run_without


def test_without_the_extra_it_says_how_to_get_it() -> None:
    done = run_without("mcp", "mcp")

    assert done.returncode == 2
    assert "needs mcp" in done.stderr
    assert "requirements/mcp.txt" in done.stderr


def test_the_help_loads_no_server() -> None:
    code = (
        "import sys; from pratique.cli.main import run; run(['mcp', '--help']);"
        "sys.exit(any(name in sys.modules for name in ('mcp', 'pydantic', 'anyio')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert done.returncode == 0


def test_the_root_is_a_folder(pratique: Run) -> None:
    code, _, err = pratique("mcp", "--root", "absent")

    assert code == 2
    assert "--root absent is no folder" in err
