"""
Tell which folders of a node lead to its root.

The lists are ours, gathered from what the kubelet, engines and Linux keep there; a folder above one of
them counts as it does. A path that is written with ``..`` or doubled slashes is read as it resolves.
"""

import posixpath
from collections.abc import Iterator

from pratique.formats.kubernetes.pods import Pod

_SENSITIVE = (
    "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/proc", "/root", "/sys", "/usr", "/bin", "/sbin",
    "/opt/cni", "/run/containerd", "/run/crio", "/run/docker", "/run/podman", "/run/secrets",
    "/var/lib/containerd", "/var/lib/containers", "/var/lib/docker", "/var/lib/etcd",
    "/var/lib/kubelet", "/var/lib/rancher", "/var/log/pods", "/var/run/secrets",
)  # fmt: skip
_HARMLESS = ("/dev/shm", "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/etc/ssl/certs", "/lib/modules", "/etc/machine-id")  # fmt: skip # noqa: S108
_SOCKETS = (
    "/run/docker.sock", "/run/containerd/containerd.sock", "/run/crio/crio.sock",
    "/run/podman/podman.sock", "/run/cri-dockerd.sock", "/run/dockershim.sock",
    "/run/k3s/containerd/containerd.sock", "/run/containerd.sock", "/run/buildkit/buildkitd.sock",
)  # fmt: skip


def host_paths(pod: Pod) -> Iterator[tuple[int, str, str]]:
    """Yield position, name and path of each volume that is a folder of the node."""
    for number, volume in enumerate(pod.at("volumes").items):
        if path := volume.at("hostPath", "path").text:
            yield number, volume.at("name").text, path


def is_sensitive(path: str) -> bool:
    """
    Say whether who reaches a folder reaches what rules the node.

    >>> [is_sensitive(one) for one in ("/", "/etc/kubernetes", "/var", "/data", "/etc/localtime")]
    [True, True, True, False, False]
    """
    real = _real(path)
    if any(real == one or real.startswith(one + "/") for one in _HARMLESS):
        return False
    return any(_inside(real, one) or _inside(one, real) for one in _SENSITIVE)


def is_runtime_socket(path: str) -> bool:
    """
    Say whether a path is the socket of an engine, or the folder it lies in.

    >>> [is_runtime_socket(one) for one in ("/var/run/docker.sock", "/run//crio", "/run", "/")]
    [True, True, True, False]
    """
    real = _real(path)
    return real != "/" and real != "/var" and any(_inside(one, real) for one in _SOCKETS)


def _inside(path: str, folder: str) -> bool:
    return folder == "/" or path == folder or path.startswith(folder + "/")


def _real(path: str) -> str:
    real = posixpath.normpath("/" + path.lstrip("/"))
    return "/run" + real[8:] if real == "/var/run" or real.startswith("/var/run/") else real
