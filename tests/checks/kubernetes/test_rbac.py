"""Rules of roles allow what the API server lets them."""

import pytest

from pratique.checks.kubernetes._rbac import all_rules, allows, role_of, subjects
from pratique.checks.kubernetes.interface import manifest, scene_of
from pratique.formats.documents.yaml_nodes import read_nodes


@pytest.mark.parametrize(
    ("verbs", "resources", "asked", "allowed"),
    [
        ("[get]", "[secrets]", ("get", "secrets"), True),
        ("['*']", "[secrets]", ("get", "secrets"), True),
        ("[get]", "['*']", ("get", "pods/exec"), True),
        ("[get]", "['*/exec']", ("get", "pods/exec"), True),
        ("[get]", "[pods]", ("get", "pods/exec"), False),
        ("[list]", "[secrets]", ("get", "secrets"), False),
    ],
)
def test_allows(verbs: str, resources: str, asked: tuple[str, str], allowed: bool) -> None:
    """Names, wildcards and subresources."""
    rule = read_nodes(f"{{verbs: {verbs}, resources: {resources}}}".encode())[0].root

    assert allows(rule, asked[:1], asked[1:]) is allowed


def test_bindings() -> None:
    """A Role is one of the binding's namespace; accounts without a namespace too."""
    scene = scene_of(
        (
            manifest("Role", name="a", metadata={"namespace": "other"}),
            manifest("ClusterRole", name="b", rules=[], aggregationRule={"clusterRoleSelectors": [{"matchLabels": {"x": "y"}}]}),
            manifest("ClusterRole", name="c", rules=[{"verbs": ["get"]}], metadata={"labels": {"x": "y"}}),
            manifest("RoleBinding", name="d", roleRef={"kind": "Role", "name": "a"}, subjects=[{"kind": "ServiceAccount", "name": "s"}, {"kind": "User", "name": "u"}]),
            manifest("RoleBinding", name="e", roleRef={"kind": "ClusterRole", "name": "b"}),
        )
    )  # fmt: skip
    first, second = scene.of("RoleBinding")

    assert [str(one) for _, one in subjects(first)] == ["ServiceAccount shop/s", "User u"]
    assert role_of(scene, first) is None
    role = role_of(scene, second)
    assert role is not None
    assert len(all_rules(scene, role)) == 1
