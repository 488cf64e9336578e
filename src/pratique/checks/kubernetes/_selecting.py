"""
Match labels against selectors, as the API server does.

Laws: an empty selector that is there matches everything; one that is not there nothing. A requirement
of an unknown operator matches nothing. Source: Kubernetes documentation, "Labels and Selectors".
"""

from collections.abc import Iterator, Mapping

from pratique.checks.kubernetes.interface import Scene, namespace_of
from pratique.formats.documents.yaml_nodes import Node
from pratique.formats.kubernetes.objects import KubeObject, texts
from pratique.formats.kubernetes.pods import Pod


def selects(selector: Node, labels: Mapping[str, str]) -> bool:
    """
    Return whether a selector of ``matchLabels`` and ``matchExpressions`` takes these labels.

    >>> from pratique.formats.documents.yaml_nodes import read_nodes
    >>> one = read_nodes(b"matchExpressions: [{key: a, operator: NotIn, values: [b]}]")[0].root
    >>> selects(one, {"a": "c"}), selects(one, {"a": "b"}), selects(one, {})
    (True, False, True)
    """
    if not selector.line:
        return False
    wanted = texts(selector.at("matchLabels"))
    return has(labels, wanted) and all(
        _meets(one, labels) for one in selector.at("matchExpressions").items
    )


def has(labels: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Return whether all wanted labels are there."""
    return all(labels.get(key) == value for key, value in wanted.items())


def policies_of(scene: Scene, pod: Pod) -> Iterator[KubeObject]:
    """Yield the network policies that hold a pod, those of Cilium too."""
    for one in scene.of("NetworkPolicy"):
        same = namespace_of(one) == namespace_of(pod.object)
        if same and selects(one.at("spec", "podSelector"), pod.labels):
            yield one
    for one in scene.of("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"):
        same = one.kind != "CiliumNetworkPolicy" or namespace_of(one) == namespace_of(pod.object)
        specs = (one.at("spec"), *one.at("specs").items)
        if same and any(selects(spec.at("endpointSelector"), pod.labels) for spec in specs):
            yield one


def _meets(requirement: Node, labels: Mapping[str, str]) -> bool:
    value = labels.get(requirement.at("key").text)
    values = {one.text for one in requirement.at("values").items}
    match requirement.at("operator").text:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
        case _:
            return False
