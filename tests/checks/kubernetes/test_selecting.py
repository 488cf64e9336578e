"""Selectors match as the API server matches them."""

import pytest

from pratique.checks.kubernetes._selecting import held_by_policies, selects, taken
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


def test_pods_that_are_held() -> None:
    """By policies of their namespace only, and by those of Cilium."""
    other = workload(top={"metadata": {"namespace": "x"}})
    policy = manifest("NetworkPolicy", spec={"podSelector": {"matchLabels": {"app": "web"}}})
    cilium = manifest("CiliumClusterwideNetworkPolicy", specs=[{"endpointSelector": {}}])

    assert held_by_policies(scene_of((workload(), other))) == frozenset()
    assert held_by_policies(scene_of((workload(), other, policy))) == {
        ("0.yaml", "Deployment/shop/web")
    }
    assert len(held_by_policies(scene_of((workload(), other, cilium)))) == 2


def test_taken() -> None:
    """By the first label and the rest, or by expressions alone."""
    scene = scene_of(workload())
    for text, number in (
        ("{matchLabels: {app: web}}", 1),
        ("{matchLabels: {app: web, b: c}}", 0),
        ("{}", 1),
    ):
        selector = read_nodes(text.encode())[0].root
        assert len(list(taken(scene, "shop", selector))) == number
        assert list(taken(scene, "elsewhere", selector)) == []
    assert list(taken(scene, "shop", MISSING)) == []
