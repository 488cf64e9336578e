"""A bundle says what was asked for, bounded; only what really gives everything is privileged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.bundle import MOST_CHARACTERS, MOST_MOUNTS, MOST_PAIRS, read_bundle
from pratique.model.errors import FormatError
from pratique.model.workload import BindMount
from tests.formats.runtime.hostile import JSON

EVERYTHING = [f"CAP_{number}" for number in range(41)]


def bundle(**parts):
    """Return what is read of a bundle of these parts."""
    return read_bundle(json.dumps(parts).encode())


def test_what_stands_in_it():
    """Root, control group, annotations and bind mounts are those of the file."""
    found = bundle(
        root={"path": "/c/merged"},
        annotations={"io.kubernetes.cri.sandbox-name": "web"},
        mounts=[
            {"destination": "/proc", "type": "proc", "source": "proc"},
            {"destination": "/s", "type": "bind", "source": "/run/d.sock", "options": ["rbind"]},
            {"destination": "/r", "source": "/etc", "options": ["bind", "ro"]},
        ],
        linux={"cgroupsPath": "system.slice:docker:a"},
    )

    assert (found.root, found.cgroup) == ("/c/merged", "system.slice:docker:a")
    assert found.annotations == {"io.kubernetes.cri.sandbox-name": "web"}
    assert found.mounts == (BindMount("/run/d.sock", "/s"), BindMount("/etc", "/r", writable=False))
    assert not found.privileged


@pytest.mark.parametrize(
    "parts",
    [
        {"annotations": {"io.podman.annotations.privileged": "TRUE"}},
        {"annotations": {"io.kubernetes.cri-o.PrivilegedRuntime": "true"}},
        {"process": {"capabilities": {"bounding": EVERYTHING}}, "linux": {}},
    ],
)
def test_privileged(parts):
    """Engines say it, or the bundle is it."""
    assert bundle(**parts).privileged


def test_many_capabilities_behind_masks_are_not_privileged():
    """All capabilities alone are much, and not what the word means."""
    given_all = {"capabilities": {"bounding": EVERYTHING}}
    assert not bundle(process=given_all, linux={"maskedPaths": ["/proc/kcore"]}).privileged
    assert not bundle(process={"capabilities": {"bounding": ["CAP_1"] * 99}}).privileged


def test_bounds():
    """A flood of mounts and annotations is cut, and so is each text."""
    mounts = [{"destination": "/a", "type": "bind", "source": "/b"}] * (MOST_MOUNTS + 9)
    annotations = {f"{number:05}": "x" * (MOST_CHARACTERS + 9) for number in range(MOST_PAIRS + 9)}

    found = bundle(mounts=mounts, annotations=annotations)

    assert len(found.mounts) == MOST_MOUNTS
    assert len(found.annotations) == MOST_PAIRS
    assert {len(value) for value in found.annotations.values()} == {MOST_CHARACTERS}


@pytest.mark.parametrize("content", [b"", b"[]", b'{"root": 1}', b"\xff", b"[" * 500])
def test_what_is_no_bundle(content):
    """Another shape is refused aloud."""
    with pytest.raises(FormatError):
        read_bundle(content)


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_never_crashes(content):
    """Whatever it is, it is read or refused."""
    try:
        read_bundle(content)
    except FormatError:
        pass
