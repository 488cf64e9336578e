"""Make one page per command from click's own help, exactly as the terminal shows it."""

from collections.abc import Iterator

import click

from pratique.cli.main import program
from tools.reference.markdown import code, note

WIDTH = 100


def pages() -> dict[str, str]:
    """Return the index and a page per top-level command; subcommands stand on their group's."""
    root = context(program, None, "pratique")
    names = program.list_commands(root)
    lines = [note("src/pratique/cli"), "# Commands\n\n", code(program.get_help(root)), "\n"]
    lines += [f"- [`pratique {name}`]({name}.md)\n" for name in names]
    made = {"docs/reference/commands/index.md": "".join(lines)}
    for name in names:
        command = program.get_command(root, name)
        if command is not None:
            made[f"docs/reference/commands/{name}.md"] = _page(command, root, name)
    return made


def context(command: click.Command, parent: click.Context | None, name: str) -> click.Context:
    """Return a context that lays help out for a fixed width, whatever this terminal is."""
    settings = command.context_settings if parent is None else {}
    return click.Context(
        command, parent=parent, info_name=name, **{**settings, "terminal_width": WIDTH}
    )


def walk(command: click.Command, here: click.Context) -> Iterator[tuple[click.Context, str]]:
    """Yield a command and everything below it with its help text."""
    yield here, command.get_help(here)
    if isinstance(command, click.Group):
        for name in command.list_commands(here):
            child = command.get_command(here, name)
            if child is not None:
                yield from walk(child, context(child, here, name))


def _page(command: click.Command, root: click.Context, name: str) -> str:
    parts = [note(f"src/pratique/cli ({name})"), f"# `pratique {name}`\n\n"]
    for position, (here, help_text) in enumerate(walk(command, context(command, root, name))):
        if position:
            parts.append(f"\n## `{here.command_path}`\n\n")
        parts.append(code(help_text))
    return "".join(parts)
