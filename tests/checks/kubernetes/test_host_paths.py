"""Folders of a node are told by where they really lead."""

import pytest

from pratique.checks.kubernetes._host_paths import is_runtime_socket, is_sensitive


@pytest.mark.parametrize("path", ["/etc/", "//etc", "/data/../etc", "/var/lib/kubelet", "/dev/sda"])
def test_sensitive(path: str) -> None:
    """However it is written."""
    assert is_sensitive(path)


@pytest.mark.parametrize("path", ["/etcetera", "/data", "/dev/shm", "/mnt/etc"])
def test_not_sensitive(path: str) -> None:
    """What only begins or ends alike."""
    assert not is_sensitive(path)


def test_sockets() -> None:
    """The socket, or the folder it lies in, by both its names."""
    assert is_runtime_socket("/var/run/crio/crio.sock")
    assert is_runtime_socket("/run/podman/")
    assert not is_runtime_socket("/run/crio/other.sock")
    assert not is_runtime_socket("/var")
