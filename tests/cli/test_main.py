"""Exit codes are a contract, and nothing escapes as a traceback."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from pratique.cli import main
from pratique.cli.commands import COMMANDS


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The overview names all commands without importing them."""
    assert main.run(["--help"]) == 0

    out = capsys.readouterr().out
    assert all(f"  {name}" in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line of the table leads to a command that can say what it does."""
    assert main.run([name, "--help"]) == 0
    assert "Usage: pratique" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["scan"], ["scan", "--no-such-option", "x"], ["list", "nonsense"]],
)
def test_usage_errors_exit_2_with_one_line_and_a_hint(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A person learns what is wrong and what to do, in two lines."""
    assert main.run(arguments) == 2

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("pratique: error: ")
    assert lines[1].startswith("  hint: ")


def test_version_imports_next_to_nothing() -> None:
    """``--version`` answers before click, msgspec or any library is loaded."""
    code = (
        "import sys; sys.argv[1:] = ['--version']\n"
        "from pratique.__main__ import main; main()\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & "
        "{'click', 'msgspec', 'httpx', 'rich', 'sqlite3', 'json', 're', 'enum', 'signal'}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_a_bug_is_70_and_not_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """Anything unforeseen is an internal error: never 1, never a traceback."""
    group = click.Group()

    @group.command()
    def broken() -> None:
        raise ZeroDivisionError("division\x1b[2J by zero")

    assert main.run(["broken"], group) == 70

    err = capsys.readouterr().err
    assert err.startswith("pratique: error: internal error: ZeroDivisionError: division")
    assert "\x1b" not in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("error", "code"), [(OSError(28, "No space", "/tmp/x"), 2), (OSError(22, "Invalid"), 70)]
)
def test_what_the_machine_refuses_is_no_bug(
    error: OSError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever a disk is full or fails: in one line, as of every folder that cannot be used."""
    group = click.Group()

    @group.command()
    def full() -> None:
        raise error

    assert main.run(["full"], group) == code
    told = capsys.readouterr().err.splitlines()[0]
    assert ("this machine could not go on: No space (/tmp/x)" in told) is (code == 2)


def test_an_interruption_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is not a failure of the target."""
    group = click.Group()

    @group.command()
    def slow() -> None:
        raise KeyboardInterrupt

    assert main.run(["slow"], group) == 130
    assert "interrupted" in capsys.readouterr().err


def test_what_an_end_that_was_asked_for_makes_fail_is_no_bug(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Python's own C code makes other errors of what is raised inside it, as of a syntax error."""
    group = click.Group()

    @group.command()
    def ended() -> None:
        raise SyntaxError("can't load a module")

    assert main.run(["ended"], group, interrupted=lambda: True) == 130
    assert "interrupted" in capsys.readouterr().err
    assert main.run(["ended"], group) == 70


def test_a_wrong_value_of_the_settings_file_is_not_blamed_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hint says where to look; the same value typed leads to the help."""
    place = tmp_path / "settings.toml"
    place.write_text('[scan]\nfail-on = "hi"\n')

    assert main.run(["--config", str(place), "scan", "x"]) == 2
    assert "stands in the settings file" in capsys.readouterr().err
    assert main.run(["scan", "x", "--fail-on", "hi"]) == 2
    assert "hint: see `pratique scan --help`" in capsys.readouterr().err
