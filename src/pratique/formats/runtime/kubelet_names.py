"""
Read the names that the kubelet gives to the logs of containers: who it is, without asking anybody.

``/var/log/containers/POD_NAMESPACE_CONTAINER-ID.log`` names pod, namespace and container of every
container on the node; none of these words can hold an underscore.
Source: Kubernetes ``pkg/kubelet/kuberuntime/legacy.go``.
"""

from msgspec import Struct

_ID = 64


class LoggedContainer(Struct, frozen=True):
    """Who a log belongs to."""

    id: str
    pod: str
    namespace: str
    container: str


def read_log_name(name: str) -> LoggedContainer | None:
    """
    Return whose log a name is, None where it is not of the form.

    >>> read_log_name("web-0_shop_nginx-" + "a" * 64 + ".log").namespace
    'shop'
    """
    stem = name.removesuffix(".log")
    parts = stem.split("_")
    if stem == name or len(parts) != 3 or len(stem) > 1024:
        return None
    container, dash, identity = parts[2].rpartition("-")
    if not dash or len(identity) != _ID or not all(one in "0123456789abcdef" for one in identity):
        return None
    return LoggedContainer(identity, parts[0], parts[1], container)
