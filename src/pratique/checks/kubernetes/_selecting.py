"""
Match labels against selectors, as the API server does.

Laws: an empty selector that is there matches everything; one that is not there nothing. A requirement
of an unknown operator matches nothing. Source: Kubernetes documentation, "Labels and Selectors".
"""

from collections.abc import Iterator, Mapping

from pratique.checks.kubernetes.interface import Scene, namespace_of
from pratique.formats.documents.yaml_nodes import Node
from pratique.formats.kubernetes.objects import texts
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


def taken(scene: Scene, space: str, selector: Node) -> Iterator[Pod]:
    """Yield the pods of a namespace that a selector takes."""
    if not selector.line:
        return
    first = next(iter(texts(selector.at("matchLabels")).items()), None)
    row = scene.pods_with.get((space, *first), ()) if first else scene.pods_in.get(space, ())
    for pod, labels in row:
        if selects(selector, labels):
            yield pod


def held_by_policies(scene: Scene) -> frozenset[tuple[str, str]]:
    """Return file and place of the pods that a network policy holds, one of Cilium too."""
    return frozenset((pod.file, pod.place) for pod in _held(scene))


def _held(scene: Scene) -> Iterator[Pod]:
    for one in scene.of("NetworkPolicy"):
        yield from taken(scene, namespace_of(one), one.at("spec", "podSelector"))
    for one in scene.of("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"):
        whole = one.kind == "CiliumClusterwideNetworkPolicy"
        for spec in (one.at("spec"), *one.at("specs").items):
            for space in tuple(scene.pods_in) if whole else (namespace_of(one),):
                yield from taken(scene, space, spec.at("endpointSelector"))


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
