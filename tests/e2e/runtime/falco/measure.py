"""
Do every deed on this machine, and keep which rules fired: ``python -m tests.e2e.runtime.falco.measure``.

With names of deeds it does those, and keeps nothing.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.e2e.engines import podman_environ
from tests.e2e.runtime.containers import Podman
from tests.e2e.runtime.falco import page
from tests.e2e.runtime.falco.deeds import Where, deeds
from tests.e2e.runtime.falco.doing import Doer, Done
from tests.e2e.runtime.falco.places import containerd
from tests.e2e.runtime.falco.rules import loaded, options
from tests.e2e.runtime.watching import Watcher


def measured(program: str, folder: Path, only: Collection[str] = ()) -> list[Done]:
    """Do all deeds, or only those named, under a watch with all rules."""
    asked = [one for one in deeds() if not only or one.name in only]
    environ = podman_environ(folder, "overlay")
    podman = Podman(program, environ, folder)
    engine = folder / "c"
    environ |= {
        "PRATIQUE_DATA_DIR": str(folder / "data"),
        "PRATIQUE_CONTAINERD_STATE": str(engine / "state"),
        "PRATIQUE_CONTAINERD_ROOT": str(engine / "root"),
    }
    with ExitStack() as held:
        held.callback(podman.close)
        if any(one.where is Where.POD for one in asked):
            held.enter_context(containerd(engine))
        watcher = held.enter_context(Watcher(environ, *options(folder)))
        return Doer(podman, watcher, folder, engine).do(asked)


def main(only: Sequence[str]) -> int:
    """Do them, say what was not told, and keep the run if it was whole."""
    program = shutil.which("podman")
    if program is None or os.geteuid() != 0:
        sys.exit("needs podman and root")
    with tempfile.TemporaryDirectory(prefix="pq-", dir="/tmp", ignore_cleanup_errors=True) as place:
        found = measured(program, Path(place), only)
    for one in found:
        if one.missed:
            print(
                f"{one.deed.name}: silent: {sorted(one.missed)}; told: {sorted(one.told)}; {one.said}"
            )
    print(f"{sum(not one.missed for one in found)} of {len(found)} deeds told")
    if not only:
        page.keep(page.fired(found, loaded()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
