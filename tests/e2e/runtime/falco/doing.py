"""
Do each deed under a running watch, until it is told.

What is told counts only where it is of that very container, or of a process below that very script
on the node. What was not told is done again, a few times: a machine that is too busy loses events.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.e2e.runtime.containers import Podman
from tests.e2e.runtime.falco.deeds import SCRIPTS, Deed, Where
from tests.e2e.runtime.falco.places import Ended, in_container, in_pod, on_node
from tests.e2e.runtime.watching import Watcher

AT_ONCE = 2
"""One a processor of a small machine."""
TRIES = 3
SOON_S = 10.0
"""How long what was done last is waited for."""


class Done(Struct, frozen=True, kw_only=True):
    """What became of one deed: ``told`` are all rules that fired on it."""

    deed: Deed
    told: frozenset[str]
    said: str = ""

    @property
    def missed(self) -> frozenset[str]:
        """Return the rules that should have fired."""
        return frozenset(self.deed.rules) - self.told


class Doer:
    """Does deeds; ``folder`` is where their scripts are copied to, ``engine`` where containerd is."""

    def __init__(self, podman: Podman, watcher: Watcher, folder: Path, engine: Path) -> None:
        self._podman = podman
        self._watcher = watcher
        self._engine = engine
        self._scripts = shutil.copytree(SCRIPTS, Path(tempfile.mkdtemp(dir=folder)) / "scripts")
        self._ended: dict[str, list[Ended]] = {}

    def do(self, asked: Sequence[Deed]) -> list[Done]:
        """Do them all; those that were not told up to ``TRIES`` times."""
        left = list(asked)
        for _ in range(TRIES):
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(self._do, left))
            left = self._not_told(left)
            if not left:
                break
        return [self._done(one) for one in asked]

    def _do(self, deed: Deed) -> None:
        try:
            ended = self._ended_of(deed)
        except subprocess.TimeoutExpired as error:
            # On a machine that is so busy it is done again, as what was not told is.
            ended = ("", str(error))
        self._ended.setdefault(deed.name, []).append(ended)

    def _ended_of(self, deed: Deed) -> Ended:
        match deed.where:
            case Where.CONTAINER:
                return in_container(self._podman, self._scripts, deed)
            case Where.POD:
                return in_pod(self._engine, self._scripts, deed)
            case Where.NODE:
                return on_node(self._scripts, deed)

    def _not_told(self, asked: Sequence[Deed]) -> list[Deed]:
        """Return what is not told yet, after a while in which it may still be."""
        end = time.monotonic() + SOON_S
        while left := [one for one in asked if self._done(one).missed]:
            if time.monotonic() > end:
                break
            time.sleep(0.2)
        return left

    def _done(self, deed: Deed) -> Done:
        told = _parts(one.said for one in tuple(self._watcher.told))
        rules = frozenset(said["rule"] for said in told if self._is_of(deed, said))
        said = "; ".join(said for _, said in self._ended.get(deed.name, ()))
        return Done(deed=deed, told=rules, said=said)

    def _is_of(self, deed: Deed, said: Mapping[str, Any]) -> bool:
        if deed.where is Where.NODE:
            script = str(self._scripts / f"{deed.name}.sh")
            return any(script in one["command_line"] for one in said["ancestry"])
        container = (said.get("container") or {}).get("id", "")
        own = container and any(container == one for one, _ in self._ended.get(deed.name, ()))
        # What the runtime does to begin a container is the same for all of them.
        return bool(own) and not (said["process"] or {}).get("name", "").startswith("runc")


def _parts(told: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Yield each alert, those of stories too."""
    for said in told:
        yield from said.get("story", (said,))
