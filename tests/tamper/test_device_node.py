"""Nodes of disks and memory, or outside of /dev, are told; what minimal systems ship is not."""

import pytest

from pratique.model.sighting import Sighting
from pratique.tamper.device_node import look
from tests.makers.scene import scene_of


def seen(*sample: tuple[tuple[str, str], ...]) -> list[Sighting]:
    return list(look(scene_of(sample)))


@pytest.mark.parametrize(
    ("path", "node", "note"),
    [
        ("dev/sda1", "b 8:1", "a block device 8:1"),
        ("dev/loop0", "b 7:0", "a block device 7:0"),
        ("dev/mem", "c 1:1", "a character device 1:1"),
        ("dev/kmsg", "c 1:11", "a character device 1:11"),
        ("opt/null", "c 1:3", "a character device 1:3"),
    ],
)
def test_nodes_that_are_told(path: str, node: str, note: str) -> None:
    """With kind and numbers."""
    (one,) = seen(((path, node),))
    assert [(place.path, place.note) for place in one.places] == [(path, note)]


def test_what_debootstrap_makes_is_not_told() -> None:
    """The nodes a chroot needs to work."""
    nodes = {"null": "1:3", "zero": "1:5", "full": "1:7", "random": "1:8", "urandom": "1:9", "tty": "5:0", "console": "5:1", "ptmx": "5:2"}  # fmt: skip
    assert seen(tuple((f"dev/{name}", f"c {numbers}") for name, numbers in nodes.items())) == []


def test_a_node_that_a_later_layer_deletes_is_told() -> None:
    """The layer still carries it to wherever it is unpacked."""
    assert len(seen((("dev/sda", "b 8:0"),), (("dev/.wh.sda", ""),))) == 1
