"""The completion scripts are those of the shells, and complete commands, options and targets."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.scanning import Run


def completed(*words: str) -> list[str]:
    """Return what bash would be offered for the last of ``words``."""
    done = subprocess.run(
        [sys.executable, "-m", "pratique"],
        env={
            "_PRATIQUE_COMPLETE": "bash_complete",
            "COMP_WORDS": "pratique " + " ".join(words),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(pratique: Run, shell: str) -> None:
    """The script names the program and the variable by which it asks."""
    code, out, _ = pratique("completion", shell)

    assert code == 0
    assert "_PRATIQUE_COMPLETE" in out


def test_bash_takes_its_script(pratique: Run, need: Callable[[str], str], tmp_path: Path) -> None:
    """The shell itself finds no fault with the syntax."""
    script = tmp_path / "complete.bash"
    script.write_text(pratique("completion", "bash")[1])
    subprocess.run([need("bash"), "-n", str(script)], check=True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("sb",), ["sbom"]),
        (("scan", "--fail-on", "cr"), ["critical"]),
        (("scan", "-o", "sa"), ["sarif"]),
        (("list", "ex"), ["extractors"]),
        (("scan", "podm"), ["podman:", "podm"]),
    ],
)
def test_words_are_completed(words: tuple[str, ...], offered: list[str]) -> None:
    """Commands, choices, formats, kinds and prefixes; a target is left to the shell's files too."""
    assert completed(*words) == offered


def test_another_shell_is_refused(pratique: Run) -> None:
    """The choices are named."""
    code, _, err = pratique("completion", "tcsh")

    assert code == 2
    assert "'bash'" in err
