"""Event streams tell of containers; everything else on them is passed over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.engine_events import (
    MOST_LINE,
    EngineEvent,
    read_docker,
    read_podman,
)
from tests.formats.runtime.hostile import JSON


def podman(status, kind="container"):
    """Return a line as Podman's log has it."""
    row = {"ID": "a1", "Image": "i", "Name": "n", "Status": status, "Type": kind, "Time": "t"}
    return json.dumps(row).encode()


@pytest.mark.parametrize(("status", "born"), [("init", True), ("died", False), ("attach", None)])
def test_podman(status, born):
    """Birth, death, and what is neither."""
    assert read_podman(podman(status)) == EngineEvent("a1", status, born, "n", "i")


def test_docker():
    """The id is the actor's."""
    line = json.dumps({"Type": "container", "Action": "die", "Actor": {"ID": "a1"}}).encode()
    assert read_docker(line) == EngineEvent("a1", "die", False)
    told = {"ID": "a1", "Attributes": {"image": "i:1", "name": "n" * 4000, "exitCode": "0"}}
    line = json.dumps({"Type": "container", "Action": "start", "Actor": told}).encode()
    assert read_docker(line) == EngineEvent("a1", "start", True, "n" * 1024, "i:1")


@pytest.mark.parametrize(
    "line", [podman("pull", "image"), b"", b"{", b"[]", b'{"ID": 3}', b" " * MOST_LINE + b"{}"]
)
def test_what_is_no_event(line):
    """Images, damaged and huge lines are nothing."""
    assert read_podman(line) is None
    assert read_docker(line) is None


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_never_crashes(content):
    """Any line gives an event or none."""
    read_podman(content)
    read_docker(content)
