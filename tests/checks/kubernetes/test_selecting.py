"""Selectors match as the API server matches them."""

import pytest

from pratique.checks.kubernetes._selecting import policies_of, selects
from pratique.checks.kubernetes.interface import manifest, scene_of, workload
from pratique.formats.documents.yaml_nodes import MISSING, read_nodes


@pytest.mark.parametrize(
    ("operator", "values", "matched"),
    [
        ("In", "[web]", True),
        ("In", "[db]", False),
        ("NotIn", "[db]", True),
        ("Exists", "[]", True),
        ("DoesNotExist", "[]", False),
        ("Like", "[web]", False),
    ],
)
def test_expressions(operator: str, values: str, matched: bool) -> None:
    """An unknown operator matches nothing."""
    text = f"matchExpressions: [{{key: app, operator: {operator}, values: {values}}}]"

    assert selects(read_nodes(text.encode())[0].root, {"app": "web"}) is matched


def test_empty_and_missing() -> None:
    """Empty matches everything, absent nothing."""
    assert selects(read_nodes(b"{}")[0].root, {})
    assert not selects(MISSING, {"a": "b"})


def test_policies_of_a_pod() -> None:
    """Of its namespace only, and those of Cilium."""
    scene = scene_of(
        (
            workload(),
            manifest("NetworkPolicy", name="a", spec={"podSelector": {}}),
            manifest(
                "NetworkPolicy", name="b", spec={"podSelector": {}}, metadata={"namespace": "x"}
            ),
            manifest("CiliumNetworkPolicy", name="c", specs=[{"endpointSelector": {}}]),
        )
    )

    assert [one.name for one in policies_of(scene, scene.pods[0])] == ["a", "c"]
