"""
Find the ways by which a service account becomes the master of the cluster.

A breadth-first search over who may become whom. Steps: bindings give roles; who may start pods in a
namespace, run commands in them, mint tokens or read secrets there becomes its service accounts; who
may impersonate, bind or escalate, change bindings, admission webhooks or node proxies becomes master
at once. Laws: the shortest way is told, steps in a fixed order; accounts are those that bindings, pods
and objects name. Roles that are not among what is looked at count only when Kubernetes brings them
(cluster-admin, admin, edit). Bounds: ``MOST`` accounts, ``MOST_WAYS`` steps among them.
Source: Kubernetes documentation, "RBAC Good Practices", privilege escalation risks.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from pratique.checks.kubernetes._rbac import (
    BINDINGS,
    WORKLOADS,
    Subject,
    all_rules,
    allows,
    role_of,
    subjects,
)
from pratique.checks.kubernetes.interface import Scene, namespace_of
from pratique.formats.documents.yaml_nodes import Node
from pratique.formats.kubernetes.objects import KubeObject
from pratique.model.errors import LimitExceeded

MOST = 5_000
MOST_WAYS = 200_000
MASTER = Subject("Group", "system:masters")
EVERYWHERE = "*"
_AT_ONCE = (
    (("impersonate",), ("users", "groups", "serviceaccounts"), "impersonates"),
    (("escalate", "bind"), ("clusterroles",), "binds or widens cluster roles"),
    (("create", "update", "patch"), ("clusterrolebindings",), "writes cluster role bindings"),
    (("create", "update", "patch"), ("mutatingwebhookconfigurations",), "writes webhooks"),
    (("get", "create"), ("nodes/proxy",), "speaks to every kubelet"),
)
_STEPS = (
    (("create", "update", "patch"), WORKLOADS, "starts pods in"),
    (("create",), ("serviceaccounts/token",), "mints tokens in"),
    (("create", "get"), ("pods/exec", "pods/attach"), "runs commands in pods of"),
    (("get", "list", "watch"), ("secrets",), "reads secrets of"),
)


class Way(Struct, frozen=True):
    """A step: who is reached, and the clause that says how."""

    to: Subject
    how: str


def ways_to_master(scene: Scene) -> Iterator[tuple[KubeObject, int, Subject, tuple[Way, ...]]]:
    """Yield binding, position, subject and way of each service account that becomes master."""
    graph = _graph(scene)
    told: set[Subject] = set()
    for binding in scene.of(*BINDINGS):
        for number, subject in subjects(binding):
            if subject.kind == "ServiceAccount" and subject not in told:
                way = _shortest(graph, subject)
                if way:
                    told.add(subject)
                    yield binding, number, subject, way


def _graph(scene: Scene) -> dict[Subject, list[Way]]:
    """
    Return the steps of each subject.

    Raises:
        LimitExceeded: there are more than ``MOST_WAYS``.
    """
    accounts = sorted(_accounts(scene))[:MOST]
    found: dict[Subject, list[Way]] = {}
    counted = 0
    for binding in scene.of(*BINDINGS):
        whole = binding.kind == "ClusterRoleBinding"
        space = EVERYWHERE if whole else namespace_of(binding)
        name = binding.at("roleRef", "name").text
        left = MOST_WAYS - counted
        ways = list(islice(_ways(_granted(scene, binding), whole, space, name, accounts), left + 1))
        for _, subject in subjects(binding):
            found.setdefault(subject, []).extend(ways)
            counted += len(ways)
            if counted > MOST_WAYS:
                raise LimitExceeded(f"more than {MOST_WAYS} steps between service accounts")
    return found


def _granted(scene: Scene, binding: KubeObject) -> list[Node] | None:
    """Return the rules a binding gives, None where its role is not at hand."""
    role = role_of(scene, binding)
    return None if role is None else all_rules(scene, role)


def _ways(
    rules: list[Node] | None, whole: bool, space: str, role: str, accounts: list[Subject]
) -> Iterator[Way]:
    if rules is None:
        yield from _known(role, whole, space, accounts)
        return
    for rule in rules:
        if rule.at("resourceNames").items:
            continue
        if whole:
            yield from (
                Way(MASTER, f"{how} ({role})")
                for verbs, names, how in _AT_ONCE
                if allows(rule, verbs, names)
            )
        for verbs, names, how in _STEPS:
            if allows(rule, verbs, names):
                yield from _inside(space, f"{how} {{}} ({role})", accounts)


def _known(role: str, whole: bool, space: str, accounts: list[Subject]) -> Iterator[Way]:
    """Yield what the roles that every cluster has allow."""
    if role == "cluster-admin" and whole:
        yield Way(MASTER, "is bound to cluster-admin")
    elif role in ("cluster-admin", "admin", "edit"):
        yield from _inside(space, f"starts pods in {{}} ({role})", accounts)


def _inside(space: str, how: str, accounts: list[Subject]) -> Iterator[Way]:
    for one in accounts:
        if space in (EVERYWHERE, one.namespace):
            yield Way(one, how.format(one.namespace))


def _accounts(scene: Scene) -> Iterator[Subject]:
    for binding in scene.of(*BINDINGS):
        yield from {one for _, one in subjects(binding) if one.kind == "ServiceAccount"}
    for one in scene.of("ServiceAccount"):
        yield Subject("ServiceAccount", one.name, namespace_of(one))


def _shortest(graph: dict[Subject, list[Way]], start: Subject) -> tuple[Way, ...]:
    """Return the steps from a subject to the master of the cluster, none where there is no way."""
    ways: dict[Subject, tuple[Way, ...]] = {start: ()}
    row = [start]
    for here in row:
        for way in graph.get(here, ()):
            if way.to == MASTER:
                return (*ways[here], way)
            if way.to not in ways:
                ways[way.to] = (*ways[here], way)
                row.append(way.to)
    return ()
