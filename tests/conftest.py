"""
Give tests what they need from outside, by name.

A test asks for ``shared`` (folder of real images, advisories and fixtures) or calls
``need("podman")``. Missing things skip the test, unless ``PRATIQUE_REQUIRE`` names them: then the
skip is a failure, so that CI cannot pass by skipping.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure: no test asserts how long an example takes.
settings.register_profile("pratique", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=5000)
settings.load_profile("pratique")

# A run in the background of a shell ignores Ctrl-C, and so would every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
OUTSIDE = frozenset(("need", "assessor"))
"""What a test asks for that talks to programs of others."""
KERNEL = tuple(Path(__file__).parent / name for name in ("sensors", "vm"))
"""Where tests talk to the kernel."""
REQUIRED = frozenset(filter(None, os.environ.get("PRATIQUE_REQUIRE", "").split(",")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Try a test twice that talks to a kernel, an engine or a server beside other tests.

    What they do in which order is not ours to say on a busy machine. The summary names each test
    that needed its second try; one that fails twice has failed.
    """
    for item in items:
        asked = OUTSIDE & set(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("e2e") or any(map(item.path.is_relative_to, KERNEL)):
            item.add_marker(pytest.mark.flaky(reruns=1))


def missing(what: str, why: str = "not here") -> None:
    """Skip, or fail where ``PRATIQUE_REQUIRE`` names ``what``."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required (PRATIQUE_REQUIRE) but {why}")
    pytest.skip(f"needs {what}: {why}")


@pytest.fixture(scope="module")
def short_folder() -> Iterator[Path]:
    """Return a folder with a short path: engines refuse long ones (sockets, podman's runroot)."""
    with tempfile.TemporaryDirectory(prefix="pq-", dir="/tmp", ignore_cleanup_errors=True) as place:
        yield Path(place)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared test data, read in place."""
    place = Path(os.environ.get("PRATIQUE_SHARED", Path(__file__).parents[2] / "shared"))
    if not (place / "images").is_dir():
        missing("shared")
    return place


@pytest.fixture(scope="session")
def need() -> Callable[[str], str]:
    """Return a function that gives the path of a program, or skips without it."""

    def program(name: str) -> str:
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if not found:
            missing(name)
        return str(found)

    return program


ASSESSORS = Path(os.environ.get("PRATIQUE_TOOLS", Path(__file__).parents[1] / "build/assessors"))
"""Where `make assessors` installs the tools of others, each in an environment of its own."""


@pytest.fixture(scope="session")
def assessor() -> Callable[[str], str]:
    """Return a function that gives the path of a tool that `pratique assess` runs, or skips."""

    def program(name: str) -> str:
        inside = [str(one) for one in sorted(ASSESSORS.glob("*/bin"))]
        found = shutil.which(name, path=os.pathsep.join([*inside, os.environ.get("PATH", "")]))
        if not found:
            missing(name, "not here (make assessors)")
        return str(found)

    return program
