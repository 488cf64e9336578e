"""
Fill the marked blocks of hand-written pages with what the program really says.

A block stands between ``<!-- begin: WHAT -->`` and ``<!-- end -->``, where WHAT is one of

- ``decisions``: the pages of docs/adr by number;
- ``help COMMAND``: the help of a command, as a terminal of 100 columns shows it;
- ``run COMMAND [&& COMMAND]…``: the output of the last command on the sample of
  ``examples/demo``, which lies in ``build/demo`` of the folder they run in.

The output is deterministic: the time is fixed, the cache is new and nobody's settings are read.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from examples.demo.feeds import write_feeds
from examples.demo.image import write_image
from examples.demo.recordings import write_recordings
from pratique.cli.main import program
from tools.reference.commands import context, walk
from tools.reference.markdown import code

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    *(f"docs/tutorial/{name}.md" for name in ("first-scan", "first-watch")),
    "docs/adr/index.md",
)
# 2026-02-03, shortly after the sample's advisories were "published".
EPOCH = "1770091506"
BLOCK = re.compile(r"(<!-- begin: (?P<what>[^\n]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> dict[str, str]:
    """Return the pages with their blocks filled."""
    return {path: BLOCK.sub(_filled, (ROOT / path).read_text()) for path in PAGES}


def run(commands: list[str]) -> str:
    """Return what the last of some ``pratique`` commands prints on the sample."""
    said = ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "build/demo"
        write_recordings(place, write_image(place / "image"))
        write_feeds(place / "feeds")
        for command in commands:
            said = _said(command, folder)
    return "\n".join(line.rstrip() for line in said.splitlines())


def _said(command: str, folder: Path) -> str:
    """
    Return the output of one command.

    Raises:
        ValueError: it did not end with 0, or with 1 where the sample is to be denied.
    """
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env=_environ(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    denied = "--fail-on" in command or command.startswith("pratique gate ")
    if done.returncode != int(denied):
        raise ValueError(f"`{command}` ended with {done.returncode}: {done.stderr}")
    return done.stdout


def _filled(block: re.Match[str]) -> str:
    kind, _, command = block["what"].partition(" ")
    if kind == "decisions":
        return f"{block[1]}{_decisions()}{block[3]}"
    if kind == "help":
        return f"{block[1]}{code(_helps()[command])}{block[3]}"
    if kind == "run":
        commands = command.split(" && ")
        shown = code(f"$ {commands[-1]}\n{run(commands)}", "console")
        return f"{block[1]}{shown}{block[3]}"
    raise ValueError(f"no such block: {block['what']!r}")


def _decisions() -> str:
    lines = []
    for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md")):
        title = path.read_text().splitlines()[0].removeprefix("# ")
        number, _, words = title.partition(". ")
        lines.append(f"{number}. [{words}]({path.name})\n")
    return "\n" + "".join(lines) + "\n"


@cache
def _helps() -> dict[str, str]:
    found = walk(program, context(program, None, "pratique"))
    return {here.command_path: text for here, text in found}


def _environ(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PRATIQUE_")}
    own = {"SOURCE_DATE_EPOCH": EPOCH, "COLUMNS": "80", "LINES": "40", "NO_COLOR": "1"}
    places = {
        "PRATIQUE_CACHE_DIR": str(folder / "cache"),
        "PRATIQUE_DATA_DIR": str(folder / "data"),
    }
    return {**kept, **own, **places}
