"""A package is at work when a file of it runs, is mapped or loaded; else nothing is said of it."""

import pytest

from pratique.detections import in_use
from pratique.detections.in_use import InUseCollector
from pratique.model.event import Event
from pratique.model.observation import Mapped, Opened
from tests.makers.happenings import DIGEST, START, event, executed, process
from tests.makers.image_files import BASH, CURL, REQUESTS, SPRING, Files, Images

PYTHON = process("/usr/bin/python3.11")
SITE = "/usr/lib/python3/dist-packages/requests"


def packages(*events: Event) -> list[str]:
    collector = InUseCollector(Images(Files()))
    for one in events:
        assert collector.see(one) == ()
    return [one.package for one in collector.drain()]


@pytest.mark.parametrize(
    ("seen", "package"),
    [
        (executed("/usr/bin/curl"), CURL),
        (executed("/usr/bin/env", script="/usr/bin/bash"), BASH),
        (event("mmap_exec", Mapped("/usr/lib/libcurl.so.4")), CURL),
        (event("openat", Opened(SITE + "/api.py"), PYTHON), REQUESTS),
        (event("openat", Opened(SITE + "/api.py"), process("/usr/bin/worker")), REQUESTS),
        (event("openat", Opened(SITE + "/__pycache__/api.cpython-311.pyc"), PYTHON), REQUESTS),
        (event("openat", Opened("/app/app.jar"), process("/opt/jre/bin/java")), SPRING),
        (event("openat", Opened("/app/app.jar"), process("/usr/sbin/apache2")), SPRING),
    ],
)
def test_what_is_at_work(seen: Event, package: str) -> None:
    assert packages(seen) == [package]


@pytest.mark.parametrize(
    "seen",
    [
        executed("/usr/bin/curl", upper_layer=True),
        executed("/usr/bin/curl", workload=None),
        executed("/opt/other"),
        event("openat", Opened(SITE + "/api.py", flags=2), PYTHON),
        event("openat", Opened(SITE + "/api.py", upper_layer=True), PYTHON),
        event("openat", Opened("/usr/bin/curl"), PYTHON),
        event("openat", Opened(SITE + "/api.py"), PYTHON, result=-2),
        event("openat", Opened(SITE + "/api.py"), process("/bin/tar")),
    ],
)
def test_what_says_nothing(seen: Event) -> None:
    """A changed file is not the package's; reading a program is not running it."""
    assert packages(seen) == []


def test_times_widen_and_a_drain_begins_anew() -> None:
    collector = InUseCollector(Images(Files()))
    collector.see(executed("/usr/bin/curl", at_s=5))
    collector.see(executed("/usr/bin/curl", at_s=2))
    (one,) = collector.drain()

    assert (one.digest, one.path) == (DIGEST, "/usr/bin/curl")
    assert (one.first_ns - START, one.last_ns - START) == (2 * 10**9, 5 * 10**9)
    assert collector.drain() == ()


def test_an_image_that_becomes_known_later_counts_from_then() -> None:
    images = Images(None)
    collector = InUseCollector(images)
    collector.see(executed("/usr/bin/curl"))
    images._index = Files()
    collector.see(executed("/usr/bin/curl"))
    assert len(collector.drain()) == 1


def test_packages_that_do_not_fit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_use, "MAX_PACKAGES", 1)
    collector = InUseCollector(Images(Files()))
    collector.see(executed("/usr/bin/curl"))
    collector.see(executed("/usr/bin/bash"))
    assert (len(collector.drain()), collector.left_out) == (1, 1)
