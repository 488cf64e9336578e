"""containerd's metadata names the image of a container and the digest behind the name."""

from pratique.formats.bolt import Bolt
from pratique.formats.runtime.containerd_state import ContainerdContainer, find_container
from tests.makers.bolt import bolt

CONTENT = bolt(
    {
        b"v1": {
            b"k8s.io": {
                b"containers": {
                    b"c1": {b"image": b"docker.io/a:1", b"labels": {b"k": b"v"}},
                    b"c2": {b"image": b"docker.io/gone:1"},
                },
                b"images": {b"docker.io/a:1": {b"target": {b"digest": b"sha256:m0"}}},
            }
        }
    }
)


def found(identity, namespace="k8s.io"):
    """Return what is known of a container."""
    opened = Bolt(lambda offset, size: CONTENT[offset : offset + size])
    return find_container(opened, namespace, identity)


def test_a_container():
    """Image, digest and labels are found."""
    expected = ContainerdContainer(image="docker.io/a:1", target="sha256:m0", labels=(("k", "v"),))
    assert found("c1") == expected


def test_an_image_that_was_removed():
    """The name stays, the digest is not known."""
    assert found("c2") == ContainerdContainer(image="docker.io/gone:1")


def test_an_unknown_container():
    """Another namespace's containers are not this one's."""
    assert found("c3") is None
    assert found("c1", "default") is None
