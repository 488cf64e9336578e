"""Run all behaviours on this machine and keep the figures: ``python -m tests.e2e.runtime.measure``."""

import os
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from tests.e2e.engines import podman_environ
from tests.e2e.runtime import figures
from tests.e2e.runtime.behaviour import attacks, benign
from tests.e2e.runtime.containers import Podman
from tests.e2e.runtime.measuring import Measured, measure
from tests.e2e.runtime.watching import Watcher


def measured(program: str, folder: Path, only: Collection[str] = ()) -> Measured:
    """Run all behaviours, or only those named, in containers whose store lies in a folder."""
    asked = [one for one in (*attacks(), *benign()) if not only or one.name in only]
    environ = podman_environ(folder, "overlay")
    podman = Podman(program, environ, folder)
    try:
        with Watcher({**environ, "PRATIQUE_DATA_DIR": str(folder / "data")}) as watcher:
            return measure(podman, watcher, asked)
    finally:
        podman.close()


def main() -> int:
    """Measure, write ``measured.json`` and the page, and say what went wrong."""
    program = shutil.which("podman")
    if program is None or os.geteuid() != 0:
        sys.exit("needs podman and root")
    with tempfile.TemporaryDirectory(prefix="pq-", dir="/tmp", ignore_cleanup_errors=True) as place:
        made = figures.figures(found := measured(program, Path(place)))
    figures.keep(made)
    print(f"recall {made.recall:.1%}, precision {made.precision:.1%}")
    print("wrong:", ", ".join(sorted(made.wrong())) or "none")
    print("losses told:", found.lost)
    print("left out:", ", ".join(found.left_out) or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
