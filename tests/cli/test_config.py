"""Settings come from the file when neither the command line nor the environment speaks."""

from pathlib import Path

import pytest

from pratique.cli.config import default_map
from pratique.cli.main import program
from pratique.model.errors import UsageError


def settings(folder: Path, text: str) -> dict[str, dict[str, object]]:
    place = folder / "settings.toml"
    place.write_text(text)
    return default_map(str(place), program)


def test_option_names_are_those_of_the_command_line(tmp_path: Path) -> None:
    """``fail-on`` in the file is ``--fail-on`` on the command line, ``output`` is ``-o``."""
    found = settings(tmp_path, '[scan]\nfail-on = "high"\noutput = ["table", "json=r.json"]\n')

    assert found == {"scan": {"fail_on": "high", "wanted": ["table", "json=r.json"]}}


@pytest.mark.parametrize(
    "text",
    ["[scan]\nfale-on = 1\n", "[scann]\n", "scan = 1\n", "[scan\n"],
    ids=["option", "command", "no table", "no TOML"],
)
def test_a_mistake_is_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    """A misspelt setting must not silently do nothing."""
    with pytest.raises(UsageError):
        settings(tmp_path, text)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    """``--config`` with a wrong path is an error, not a default."""
    with pytest.raises(UsageError, match="cannot read"):
        default_map(str(tmp_path / "absent.toml"), program)


def test_pyproject_is_read_when_there_is_no_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``[tool.pratique]`` serves projects that keep all settings in one file."""
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text("[tool.pratique.scan]\nofline = true\n")
    with pytest.raises(UsageError, match="ofline"):
        default_map(None, program)

    Path("pyproject.toml").write_text("[tool.pratique.scan]\noffline = true\n")
    assert default_map(None, program) == {"scan": {"offline": True}}


def test_no_file_is_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any file the defaults stand."""
    monkeypatch.chdir(tmp_path)

    assert default_map(None, program) == {}


def test_a_single_value_stands_for_a_list_of_one(tmp_path: Path) -> None:
    """``output = "json"`` is what people write who want one report."""
    assert settings(tmp_path, '[scan]\noutput = "json"\n') == {"scan": {"wanted": ["json"]}}
