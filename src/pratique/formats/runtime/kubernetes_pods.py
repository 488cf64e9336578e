"""
Read a list of pods, as Kubernetes' API server and the kubelet write it (``v1/PodList``).

Law: texts and pairs are bounded; unknown keys are passed over. The pod that the kubelet made from a
file is another one at the API server: there, an annotation holds the uid that its containers bear.
Source: Kubernetes API reference v1.30, Pod.
"""

import msgspec
from msgspec import Struct

from pratique.formats.json_depth import check_depth
from pratique.formats.runtime.bundle import MOST_CHARACTERS, bounded_pairs
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.workload import PodFacts

MOST_BYTES = 64 << 20
MOST_PODS = 4_096
_MIRROR = "kubernetes.io/config.mirror"


class Pod(Struct, frozen=True, kw_only=True):
    """One pod; ``uid`` is the one that its control groups bear."""

    uid: str
    name: str = ""
    namespace: str = ""
    facts: PodFacts = PodFacts()


def read_pods(content: bytes, limits: Limits = DEFAULT) -> tuple[Pod, ...]:
    """
    Return the pods of a list, at most ``MOST_PODS``.

    Raises:
        FormatError: it is none, or over a limit.

    >>> read_pods(b'{"items": [{"metadata": {"uid": "u", "name": "web"}}]}')[0].name
    'web'
    """
    if len(content) > MOST_BYTES:
        raise LimitExceeded(f"{len(content)} bytes of pods, more than {MOST_BYTES}")
    check_depth(content, limits.json_depth)
    try:
        wire = msgspec.json.decode(content, type=_PodList)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"no list of pods: {error}"[:200]) from None
    return tuple(map(_pod, (wire.items or [])[:MOST_PODS]))


def _pod(wire: "_Pod") -> Pod:
    meta, spec, status = wire.metadata, wire.spec or _Spec(), wire.status or _Status()
    owners = meta.owner_references or []
    owner = next((one for one in owners if one.controller), _Owner())
    # On the node's own network a pod has no address that would tell it from another.
    address = "" if spec.host_network else _cut(status.pod_ip)
    return Pod(
        uid=_cut((meta.annotations or {}).get(_MIRROR, "") or meta.uid),
        name=_cut(meta.name),
        namespace=_cut(meta.namespace),
        facts=PodFacts(
            labels=bounded_pairs(meta.labels or {}),
            address=address,
            owner_kind=_cut(owner.kind),
            owner=_cut(owner.name),
            owner_uid=_cut(owner.uid),
            service_account=_cut(spec.service_account_name),
        ),
    )


def _cut(text: str) -> str:
    return text[:MOST_CHARACTERS]


class _Owner(Struct):
    kind: str = ""
    name: str = ""
    uid: str = ""
    controller: bool | None = None


class _Meta(Struct, rename="camel"):
    name: str = ""
    namespace: str = ""
    uid: str = ""
    labels: dict[str, str] | None = None
    annotations: dict[str, str] | None = None
    owner_references: list[_Owner] | None = None


class _Spec(Struct, rename="camel"):
    service_account_name: str = ""
    host_network: bool = False


class _Status(Struct):
    pod_ip: str = msgspec.field(name="podIP", default="")


class _Pod(Struct):
    metadata: _Meta
    spec: _Spec | None = None
    status: _Status | None = None


class _PodList(Struct):
    items: list[_Pod] | None = None
