"""The hook finds a container's files by what its runtime says, and believes nothing else."""

import json

import pytest

from pratique.model.errors import CapabilityError, TargetError
from pratique.responses.hook import Place, hook_file, place_of, read_state


def bundle(tmp_path, root="rootfs", mounts=True):
    (tmp_path / "config.json").write_text(json.dumps({"root": {"path": root}, "process": {}}))
    whole = tmp_path / root
    line = f"62 27 0:52 / {whole} rw - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w\n"
    (tmp_path / "mounts").write_text(line if mounts else "")
    return read_state(json.dumps({"id": "x", "pid": 5, "bundle": str(tmp_path)}).encode())


@pytest.mark.parametrize("root", ["rootfs", "/var/merged"])
def test_root_and_writable_folder(tmp_path, root) -> None:
    """A relative root lies in the bundle, an absolute one where it says."""
    state = bundle(tmp_path, root)

    assert place_of(state, tmp_path / "mounts") == Place(str(tmp_path / root), "/u")


def test_no_overlay(tmp_path) -> None:
    """Then there is no writable folder to ask."""
    with pytest.raises(CapabilityError):
        place_of(bundle(tmp_path, mounts=False), tmp_path / "mounts")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"id": 1}', b'{"id": "x"}', b"\xff"])
def test_no_state(content) -> None:
    """Called by hand, it says who calls it."""
    with pytest.raises(TargetError):
        read_state(content)


@pytest.mark.parametrize("config", [b"", b"{}", b'{"root": {}}', b"[" * 1000])
def test_no_bundle(tmp_path, config) -> None:
    """A damaged bundle is told."""
    state = bundle(tmp_path)
    (tmp_path / "config.json").write_bytes(config)

    with pytest.raises(TargetError):
        place_of(state, tmp_path / "mounts")


def test_the_file_for_hooks_d(tmp_path) -> None:
    """As oci-hooks(5) has it."""
    made = json.loads(hook_file(tmp_path / "pratique", on_failure="closed"))

    assert made["version"] == "1.0.0"
    assert made["hook"]["args"][-1].endswith("gate.sock")
    assert "closed" in made["hook"]["args"]
    assert made["when"] == {"always": True}
