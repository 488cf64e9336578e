"""The tutorial works: every command in it is run in order and ends as the text says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from examples.demo.feeds import write_feeds
from examples.demo.image import write_image
from tests.house.tree import text

PAGE = Path("docs/tutorial/first-scan.md")


def test_every_command_of_the_tutorial_runs(tmp_path: Path) -> None:
    """Commands end with 0, those with a threshold with 1, as the page tells the reader."""
    write_image(tmp_path / "build/demo/image")
    write_feeds(tmp_path / "build/demo/feeds")
    commands = re.findall(r"^(?:\$ )?(pratique .*)$", text(PAGE), re.MULTILINE)

    assert commands
    for command in commands:
        done = _run(tmp_path, command)
        assert done.returncode == (1 if "--fail-on" in command else 0), (command, done.stderr)


def _run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PRATIQUE_")}
    own = {"PRATIQUE_CACHE_DIR": str(folder / "cache"), "PRATIQUE_DATA_DIR": str(folder / "data")}
    return subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env={**kept, **own},
        capture_output=True,
        text=True,
        check=False,
    )
