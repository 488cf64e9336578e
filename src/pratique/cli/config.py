"""
Read settings from ``pratique.toml``, or from ``[tool.pratique]`` in ``pyproject.toml``.

A table per command, option names as on the command line without dashes::

    [scan]
    fail-on = "high"
    output = ["table", "json=report.json"]

The command line wins over the environment, the environment over the file, the file over defaults.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

from pratique.model.errors import UsageError

_MAX_BYTES = 1 << 20

Settings = dict[str, object]


def default_map(chosen: str | None, group: click.Group) -> dict[str, Settings]:
    """
    Return click's default map: per command, the settings of the file.

    Raises:
        UsageError: the file is absent (when named), unreadable, no TOML, or has a name that is
            no command or no option.
    """
    place, table = _find(chosen)
    return {str(name): _command(place, group, str(name), value) for name, value in table.items()}


def used(chosen: str | None) -> Path | None:
    """
    Return the settings file that a run takes its defaults from, None without one.

    Raises:
        UsageError: as ``default_map``.
    """
    place, _ = _find(chosen)
    return place if chosen or place.is_file() else None


def _find(chosen: str | None) -> tuple[Path, Mapping[str, object]]:
    if chosen:
        return Path(chosen), _read(Path(chosen))
    own = Path("pratique.toml")
    if own.is_file():
        return own, _read(own)
    project = Path("pyproject.toml")
    if project.is_file():
        tool = _read(project).get("tool")
        table = tool.get("pratique") if isinstance(tool, dict) else None
        if isinstance(table, dict):
            return project, table
    return own, {}


def _read(place: Path) -> Mapping[str, object]:
    try:
        with place.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {place}: {error.strerror}") from None
    if len(content) > _MAX_BYTES:
        raise UsageError(f"{place} is larger than {_MAX_BYTES} bytes")
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{place} is not valid TOML: {error}") from None


def _command(place: Path, group: click.Group, name: str, value: object) -> Settings:
    context = click.Context(group)
    command = group.get_command(context, name)
    if command is None or not isinstance(value, dict):
        raise UsageError(
            f"{place}: [{name}] is not the table of a command",
            hint="commands: " + ", ".join(group.list_commands(context)),
        )
    known = {
        flag.lstrip("-"): option
        for option in command.params
        if isinstance(option, click.Option)
        for flag in (*option.opts, *option.secondary_opts)
        if flag.startswith("--")
    }
    settings: Settings = {}
    for key, setting in value.items():
        if key not in known:
            raise UsageError(
                f"{place}: [{name}] has no option {key!r}",
                hint="options: " + ", ".join(sorted(known)),
            )
        several = known[key].multiple and not isinstance(setting, list)
        settings[str(known[key].name)] = [setting] if several else setting
    return settings
