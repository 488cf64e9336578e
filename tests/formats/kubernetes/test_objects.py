"""The objects of a manifest are found, in Lists too, each with its name and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.kubernetes.objects import read_manifest
from pratique.model.errors import FormatError, LimitExceeded


def test_documents_lists_and_others() -> None:
    """Lists are opened at any depth; what is no object is counted, what is broken told."""
    text = (
        "kind: List\napiVersion: v1\nitems:\n- kind: PodList\n  apiVersion: v1\n  items:\n"
        "  - {kind: Pod, apiVersion: v1, metadata: {name: a, namespace: n}}\n"
        "---\nreplicas: 3\n---\na: [\n---\nkind: Job\napiVersion: batch/v1\nmetadata: {generateName: b-}\n"
    )
    found = read_manifest(text.encode(), "f")

    assert [(one.place, one.group, one.node.line) for one in found.objects] == [
        ("Pod/n/a", "", 7),
        ("Job/b-", "batch", 13),
    ]
    assert found.others == 1
    assert [one.line for one in found.problems] == [12]


def test_labels_and_the_nearest_place() -> None:
    """A path that ends early is told where it ends."""
    text = b"kind: Pod\napiVersion: v1\nmetadata:\n  labels: {a: b}\nspec:\n  containers:\n  - name: x\n"
    (one,) = read_manifest(text, "f").objects

    assert one.labels == {"a": "b"}
    assert one.nearest("spec", "containers", 0, "name").line == 7
    assert one.nearest("spec", "gone", "deeper").line == 5
    assert one.nearest("gone").line == 1


def test_bounds() -> None:
    """Lists in Lists end, and so do objects."""
    deep = "{kind: List, apiVersion: v1, items: [" * 12 + "]}" * 12
    with pytest.raises(LimitExceeded):
        read_manifest(deep.encode(), "f")
    many = "kind: List\napiVersion: v1\nitems:\n" + "- {kind: A, apiVersion: b}\n" * 20_001
    with pytest.raises(LimitExceeded):
        read_manifest(many.encode(), "f")


@given(st.text("kindapVersomtl: -{}[],\n", max_size=120))
def test_anything_may_be_read(text: str) -> None:
    """It is read, or refused as a format."""
    try:
        read_manifest(text.encode(), "f")
    except FormatError:
        return
