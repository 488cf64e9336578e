"""
Read what roles allow and whom bindings give them to.

Laws: a rule allows a verb on a resource when each of its lists names it or has ``*``; a list of
``resourceNames`` narrows that to few objects. ``pods`` and ``pods/exec`` are different resources, and
``*/exec`` is every subresource of the name. What aggregation would add to a ClusterRole is found among
the roles that are looked at. Source: Kubernetes documentation, "Using RBAC Authorization".
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.checks.kubernetes.interface import ManifestFault, Scene, namespace_of, told
from pratique.formats.documents.yaml_nodes import Node
from pratique.formats.kubernetes.objects import KubeObject, texts
from pratique.model.finding import Confidence

ROLES = ("Role", "ClusterRole")
BINDINGS = ("RoleBinding", "ClusterRoleBinding")
WORKLOADS = (
    "pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs", "cronjobs",
    "replicationcontrollers",
)  # fmt: skip
"""Resources by which one starts a container."""


class Subject(Struct, frozen=True, order=True):
    """Whom a binding names: ``ServiceAccount``, ``User`` or ``Group``."""

    kind: str
    name: str
    namespace: str = ""

    def __str__(self) -> str:
        """Return it as Kubernetes calls it."""
        return f"{self.kind} {self.namespace + '/' if self.namespace else ''}{self.name}"


def rules(role: KubeObject) -> Iterator[tuple[int, Node]]:
    """Yield position and node of each rule of a role."""
    yield from enumerate(role.at("rules").items)


def allows(rule: Node, verbs: tuple[str, ...], resources: tuple[str, ...]) -> bool:
    """
    Return whether a rule allows one of the verbs on one of the resources.

    >>> from pratique.formats.documents.yaml_nodes import read_nodes
    >>> rule = read_nodes(b"{apiGroups: [''], resources: [pods], verbs: [create]}")[0].root
    >>> allows(rule, ("create",), ("pods",)), allows(rule, ("create",), ("pods/exec",))
    (True, False)
    """
    named = {one.text for one in rule.at("resources").items}
    said = {one.text for one in rule.at("verbs").items}
    subs = {f"*/{one.partition('/')[2]}" for one in resources if "/" in one}
    return bool(said & {"*", *verbs}) and bool(named & {"*", *resources, *subs})


def roles_that(
    scene: Scene, verbs: tuple[str, ...], resources: tuple[str, ...], note: str
) -> Iterator[ManifestFault]:
    """
    Yield a fault for each rule of a role that allows one of the verbs on one of the resources.

    A rule of wildcards is told by its own checks and not here again; one that names its objects is
    told with low confidence.
    """
    for role in scene.of(*ROLES):
        for number, rule in rules(role):
            if _wild(rule) or not allows(rule, verbs, resources):
                continue
            few = Confidence.LOW if rule.at("resourceNames").items else None
            yield told(role, note, "rules", number, key=str(number), confidence=few)


def _wild(rule: Node) -> bool:
    return all("*" in {one.text for one in rule.at(part).items} for part in ("verbs", "resources"))


def subjects(binding: KubeObject) -> Iterator[tuple[int, Subject]]:
    """Yield position and subject of a binding; an account without a namespace is in its own."""
    for number, node in enumerate(binding.at("subjects").items):
        kind = node.at("kind").text
        space = node.at("namespace").text
        if kind == "ServiceAccount":
            yield number, Subject(kind, node.at("name").text, space or namespace_of(binding))
        else:
            yield number, Subject(kind, node.at("name").text)


def bound_to(scene: Scene, names: frozenset[str]) -> Iterator[tuple[KubeObject, int, Subject]]:
    """Yield binding, position and subject wherever a group or user of these names is bound."""
    for binding in scene.of(*BINDINGS):
        for number, subject in subjects(binding):
            if subject.kind in ("Group", "User") and subject.name in names:
                yield binding, number, subject


def role_of(scene: Scene, binding: KubeObject) -> KubeObject | None:
    """Return the role a binding refers to, None where it is not among what is looked at."""
    kind, name = binding.at("roleRef", "kind").text, binding.at("roleRef", "name").text
    for role in scene.of(kind):
        if role.name == name and (kind == "ClusterRole" or _beside(role, binding)):
            return role
    return None


def all_rules(scene: Scene, role: KubeObject) -> list[Node]:
    """Return the rules of a role with those that aggregation brings."""
    found = [rule for _, rule in rules(role)]
    for selector in role.at("aggregationRule", "clusterRoleSelectors").items:
        wanted = texts(selector.at("matchLabels")).items()
        for other in scene.of("ClusterRole"):
            if other is not role and wanted and wanted <= other.labels.items():
                found += [rule for _, rule in rules(other)]
    return found


def _beside(one: KubeObject, other: KubeObject) -> bool:
    return namespace_of(one) == namespace_of(other)
