"""
Check what this machine offers to a scan: folders, codecs, sandbox, daemons, network settings.

Each check answers with a state and one line; nothing is changed and no secret is shown. Only
``check_feeds`` uses the network. Sensors are probed by whoever asks, because that loads programs
into the kernel for a moment.
"""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

from pratique.kit import registry, seccomp
from pratique.kit.folders import cache_folder, data_folder
from pratique.kit.http import Backoff, Http
from pratique.kit.http_errors import HttpError, HttpStatus
from pratique.pipelines.db_status import describe
from pratique.pipelines.update_db import age
from pratique.sensors.interface import Readiness

_CODECS = ("isal", "zstandard", "msgspec", "httpx")
_STALE_S = 7 * 86400.0
_LOW_SPACE_BYTES = 1 << 30
_WALLS = "worker sandbox"
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "ALL_PROXY")


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    NOTE = "note"
    """Something optional is absent."""
    PROBLEM = "problem"
    """A scan will fail or be incomplete because of it."""


class Check(Struct, frozen=True):
    """One line of the doctor's answer."""

    name: str
    state: State
    detail: str


def check_machine(environ: Mapping[str, str]) -> tuple[Check, ...]:
    """Return every check that needs no network."""
    return (
        Check("python", State.OK, f"{platform.python_version()} on {platform.machine()}"),
        *(_library(name) for name in _CODECS),
        _folder("cache folder", cache_folder(environ)),
        _folder("data folder", data_folder(environ)),
        _walls(),
        _daemon("docker", _docker_sockets(environ)),
        _daemon("podman", _podman_sockets(environ)),
        _credentials(environ),
        _network(environ),
    )


def check_data(environ: Mapping[str, str], now: datetime) -> Check:
    """Return how many shards of advisory data there are and when they were last renewed."""
    name = "advisory data"
    shards = describe(cache_folder(environ) / "advisories", now)
    broken = [shard.shard for shard in shards if shard.problem]
    if broken:
        detail = f"cannot be read: {', '.join(broken)}; `pratique db update` builds them again"
        return Check(name, State.PROBLEM, detail)
    if not shards:
        return Check(name, State.NOTE, "none yet; a scan fetches what it needs")
    ages = sorted(shard.age_s for shard in shards)
    detail = f"{len(shards)} shards, the oldest renewed {age(ages[-1])} ago"
    if ages[-1] <= _STALE_S:
        return Check(name, State.OK, detail)
    return Check(name, State.NOTE, f"{detail}; a scan renews what it needs, unless --offline")


def check_sensors(found: Iterable[Readiness]) -> tuple[Check, ...]:
    """Return, per sensor, whether this node can be watched by it, and how much it can do."""
    return tuple(_sensor(one) for one in found)


def check_feeds(timeout_s: float, environ: Mapping[str, str]) -> tuple[Check, ...]:
    """Return, per advisory feed, whether its publisher answers from here."""
    feeds = registry.load("advisories")
    with Http(timeout_s=timeout_s, backoff=Backoff(retries=0), environ=environ) as http:
        return tuple(
            _feed(http, name, str(unit.URL))
            for name, unit in sorted(feeds.items())
            if _is_feed(unit)
        )


def _sensor(one: Readiness) -> Check:
    name = f"sensor {one.sensor}"
    if not one.ready:
        return Check(name, State.NOTE, f"cannot watch here: {one.why_not}")
    missing = [hook.name for hook in one.hooks if not hook.ready]
    without = f"; without {', '.join(missing)}" if missing else ""
    return Check(name, State.OK, f"{one.tier}{without}")


def _is_feed(unit: object) -> bool:
    return hasattr(unit, "fetch") and hasattr(unit, "URL")


def _feed(http: Http, name: str, url: str) -> Check:
    try:
        answer = http.request("HEAD", url, max_bytes=1 << 16)
        return Check(f"feed {name}", State.OK, f"{url} answers {answer.status}")
    except HttpStatus as error:
        # Roots seldom have a page of their own; that somebody answers is what counts.
        return Check(f"feed {name}", State.OK, f"{url} answers {error.status}")
    except HttpError as error:
        return Check(f"feed {name}", State.PROBLEM, str(error))


def _library(name: str) -> Check:
    try:
        return Check(name, State.OK, version(name))
    except PackageNotFoundError:
        return Check(name, State.PROBLEM, "not installed; install pratique again")


def _folder(name: str, place: Path) -> Check:
    existing = next((p for p in (place, *place.parents) if p.exists()), Path("/"))
    try:
        with tempfile.TemporaryFile(dir=existing) as probe:
            probe.write(b"x")
    except OSError as error:
        return Check(name, State.PROBLEM, f"{place}: {error.strerror}")
    free = shutil.disk_usage(existing).free
    state = State.OK if free > _LOW_SPACE_BYTES else State.PROBLEM
    return Check(name, state, f"{place} ({free / (1 << 30):.1f} GB free)")


def _walls() -> Check:
    if seccomp.is_known(platform.machine(), sys.platform):
        return Check(_WALLS, State.OK, "seccomp and rlimits: workers can only compute")
    return Check(_WALLS, State.NOTE, "rlimits only: no seccomp filter for this machine")


def _daemon(name: str, sockets: Iterable[Path]) -> Check:
    for socket in sockets:
        if socket.is_socket():
            usable = os.access(socket, os.R_OK | os.W_OK)
            state = State.OK if usable else State.PROBLEM
            return Check(name, state, f"{socket}" + ("" if usable else ": no right to use it"))
    return Check(name, State.NOTE, f"no socket; {name}:NAME targets will not work")


def _docker_sockets(environ: Mapping[str, str]) -> Iterable[Path]:
    if environ.get("DOCKER_HOST", "").startswith("unix://"):
        yield Path(environ["DOCKER_HOST"].removeprefix("unix://"))
    yield Path("/var/run/docker.sock")


def _podman_sockets(environ: Mapping[str, str]) -> Iterable[Path]:
    if environ.get("XDG_RUNTIME_DIR"):
        yield Path(environ["XDG_RUNTIME_DIR"]) / "podman/podman.sock"
    yield Path("/run/podman/podman.sock")


def _credentials(environ: Mapping[str, str]) -> Check:
    home = Path(environ.get("HOME", "/"))
    docker = Path(environ.get("DOCKER_CONFIG", str(home / ".docker"))) / "config.json"
    runtime = Path(environ.get("XDG_RUNTIME_DIR", "/run")) / "containers/auth.json"
    found = [str(place) for place in (docker, runtime) if place.is_file()]
    if found:
        return Check("registry logins", State.OK, ", ".join(found))
    return Check("registry logins", State.NOTE, "none; registries are asked anonymously")


def _network(environ: Mapping[str, str]) -> Check:
    # Names only: a proxy URL may carry a password.
    names = [name for name in _PROXIES if environ.get(name) or environ.get(name.lower())]
    return Check("proxy", State.OK, ("set: " + ", ".join(names)) if names else "none set")
