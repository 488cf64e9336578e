"""A link under /proc is seen by its name too; a file behind a link is seen by its own."""

import os

import pytest

from pratique.detections.rules.detector import RuleDetector
from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import RuleFile
from pratique.model.event import Event, Process
from pratique.model.observation import Observation, Opened


def fires(condition: str, *, path: str, given: str) -> bool:
    """Return whether a rule fires on a write of a file that was asked for by another name."""
    text = f"- rule: r\n  desc: d\n  condition: evt.type=openat and ({condition})\n"
    rules = load([RuleFile("r.yaml", (text + "  output: o\n  priority: ERROR\n").encode())])
    act = Opened(path, os.O_WRONLY, 3, given=given)
    event = Event(Observation("openat", act, 1, 7), Process(7, "sh"))
    return bool(RuleDetector(rules).see(event))


@pytest.mark.parametrize(
    "condition",
    [
        "fd.name = /proc/self/fd/3",
        "fd.name startswith /proc/self/fd/",
        "fd.name in (/etc/passwd, /proc/self/fd/3)",
        "fd.name glob /proc/self/fd/*",
        "fd.name pmatch (/proc/self)  or fd.name pmatch (/proc/self/fd)",
        "fd.name = /srv/new",
    ],
)
def test_both_names_count(condition: str) -> None:
    assert fires(condition, path="/srv/new", given="/proc/self/fd/3")
    assert not fires(f"not ({condition})", path="/srv/new", given="/proc/self/fd/3")


@pytest.mark.parametrize("condition", ["fd.name = /srv/link", "fd.name startswith /srv/li"])
def test_another_link_is_no_name_of_its_file(condition: str) -> None:
    assert not fires(condition, path="/srv/new", given="/srv/link")


def test_a_name_that_is_neither_does_not_count() -> None:
    assert not fires("fd.name startswith /proc/self/exe", path="/srv/new", given="/proc/self/fd/3")
