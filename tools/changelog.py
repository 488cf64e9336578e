"""
Check the fragments of changelog.d/, and assemble them into CHANGELOG.md at a release.

A fragment is ``changelog.d/<topic>.<kind>.md``: one or two sentences for a user. Two changes never
touch one file, so they never conflict.
"""

import re
import sys
from pathlib import Path

from pratique.kit.clock import iso, now

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "changelog.d"
KINDS = ("added", "changed", "deprecated", "removed", "fixed", "security")
"""In the order in which a release lists them (https://keepachangelog.com/en/1.1.0/)."""
MOST_CHARACTERS = 600
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(" + "|".join(KINDS) + r")\.md")
_MARK = "<!-- releases below, newest first -->\n"


def main(arguments: list[str]) -> int:
    """Check with ``--check``, release with a version; return the exit status."""
    problems = [problem for path in fragments(FOLDER) for problem in faults(path)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if arguments == ["--check"]:
        return 0
    if len(arguments) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", arguments[0]):
        print("usage: python -m tools.changelog --check | X.Y.Z", file=sys.stderr)
        return 2
    release(ROOT / "CHANGELOG.md", arguments[0], iso(now())[:10])
    return 0


def fragments(folder: Path) -> list[Path]:
    """Return the files of the folder that should be fragments, sorted."""
    return sorted(path for path in folder.iterdir() if path.name != "README.md")


def faults(path: Path) -> list[str]:
    """Return what is wrong with one fragment, a sentence each."""
    found = []
    if not _NAME.fullmatch(path.name):
        found.append(f"{path.name}: not <topic>.<{'|'.join(KINDS)}>.md")
    text = path.read_text().strip()
    if not text.endswith((".", "`", ")")) or len(text) > MOST_CHARACTERS:
        found.append(f"{path.name}: not one or two whole sentences for a user")
    if text.startswith(("-", "#", "*")):
        found.append(f"{path.name}: plain sentences, no heading and no list")
    return found


def release(changelog: Path, version: str, date: str) -> None:
    """Move all fragments into a new section at the top of the changelog."""
    head, mark, older = changelog.read_text().partition(_MARK)
    if not mark:
        raise ValueError(f"{changelog} lacks the line {_MARK!r}")
    paths = fragments(changelog.parent / FOLDER.name)
    changelog.write_text(head + mark + "\n" + section(paths, version, date) + older)
    for path in paths:
        path.unlink()


def section(paths: list[Path], version: str, date: str) -> str:
    """Return the text of one release: its fragments by kind."""
    parts = [f"## {version} ({date})\n\n"]
    for kind in KINDS:
        chosen = [path for path in paths if path.name.endswith(f".{kind}.md")]
        if chosen:
            parts.append(f"### {kind.capitalize()}\n\n")
            parts += [f"- {' '.join(path.read_text().split())}\n" for path in chosen]
            parts.append("\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
