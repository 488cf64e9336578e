"""The way to cluster-admin is found over several steps, and only where there is one."""

import pytest

from pratique.checks.kubernetes._escalation import ways_to_master
from pratique.checks.kubernetes.interface import manifest, scene_of
from pratique.model.errors import LimitExceeded


def role(
    name: str, *resources: str, verb: str = "create", kind: str = "Role", space: str = "shop"
) -> str:
    """Return a role that allows one verb."""
    rules = [{"apiGroups": ["*"], "resources": list(resources), "verbs": [verb]}]
    return manifest(kind, name=name, rules=rules, metadata={"namespace": space})


def bound(
    account: str, role: str, kind: str = "Role", space: str = "shop", whole: bool = False
) -> str:
    """Return a binding of an account called ``namespace/name``."""
    where, _, name = account.partition("/")
    subjects = [{"kind": "ServiceAccount", "name": name, "namespace": where}]
    binding = "ClusterRoleBinding" if whole else "RoleBinding"
    ref = {"kind": kind, "name": role}
    return manifest(
        binding,
        name=f"{name}-{role}",
        roleRef=ref,
        subjects=subjects,
        metadata={"namespace": space},
    )


def told(*files: str) -> dict[str, list[str]]:
    """Return the steps of each account that becomes master."""
    return {
        subject.name: [step.how for step in way]
        for _, _, subject, way in ways_to_master(scene_of(files))
    }


def test_three_steps() -> None:
    """By a pod to an account of one namespace, by its secrets to one of another, to the cluster."""
    found = told(
        role("ci", "pods"),
        bound("shop/ci", "ci"),
        role("reader", "secrets", verb="list", space="ops"),
        bound("shop/app", "reader", space="ops"),
        bound("ops/admin", "cluster-admin", kind="ClusterRole", whole=True),
    )

    assert [step.split(" (")[0] for step in found["ci"]] == [
        "starts pods in shop",
        "reads secrets of ops",
        "is bound to cluster-admin",
    ]
    assert list(found) == ["ci", "app", "admin"]


def test_at_once_only_for_the_cluster() -> None:
    """Impersonation in a namespace is no way; in the cluster it is."""
    power = role("imp", "users", verb="impersonate", kind="ClusterRole")

    assert told(power, bound("shop/a", "imp", kind="ClusterRole")) == {}
    assert told(power, bound("shop/a", "imp", kind="ClusterRole", whole=True)) == {
        "a": ["impersonates (imp)"]
    }


def test_no_way() -> None:
    """Starting pods where nobody is mighty, names that are given, circles."""
    assert told(role("ci", "pods"), bound("shop/ci", "ci"), bound("shop/other", "ci")) == {}
    narrow = manifest(
        "ClusterRole",
        name="n",
        rules=[{"resources": ["clusterroles"], "verbs": ["bind"], "resourceNames": ["view"]}],
    )
    assert told(narrow, bound("shop/a", "n", kind="ClusterRole", whole=True)) == {}


def test_roles_of_kubernetes() -> None:
    """Who may edit a namespace becomes its accounts."""
    found = told(
        bound("shop/dev", "edit", kind="ClusterRole"),
        bound("shop/op", "cluster-admin", kind="ClusterRole", whole=True),
    )

    assert found["dev"] == ["starts pods in shop (edit)", "is bound to cluster-admin"]


def test_too_many_steps() -> None:
    """Are refused, not gone through."""
    accounts = [{"kind": "ServiceAccount", "name": f"a{n}"} for n in range(500)]
    ref = {"kind": "ClusterRole", "name": "edit"}

    with pytest.raises(LimitExceeded):
        told(manifest("ClusterRoleBinding", name="b", roleRef=ref, subjects=accounts))
