"""Make answers of Kubernetes' container runtime interface, as an engine writes them."""

from pratique.formats.protobuf import written
from tests.makers.node import CONFIG, ID, OTHER, POD_UID

LABELS = {"app": "web", "io.kubernetes.pod.uid": POD_UID}


def pairs(number, told):
    """Return the fields of a map."""
    return [(number, written((1, key), (2, value))) for key, value in told.items()]


def sandbox(identity=OTHER, state=0, labels=None):
    """Return a ``PodSandbox``."""
    about = written((1, "web-0"), (2, POD_UID), (3, "shop"), (4, 7))
    own = pairs(5, LABELS if labels is None else labels)
    return written((1, identity), (2, about), (3, state), (4, 1790000000), *own)


def container(identity=ID, state=1, image=CONFIG):
    """Return a ``Container``."""
    image = written((1, image))
    labels = pairs(8, {"io.kubernetes.container.name": "nginx"})
    about = written((1, "nginx"))
    return written(
        (1, identity), (2, OTHER), (3, about), (4, image), (5, CONFIG), (6, state), *labels
    )


def listed(*items):
    """Return a list of such messages."""
    return written(*((1, item) for item in items))


def sandbox_status(address="10.0.0.7"):
    """Return a ``PodSandboxStatusResponse``."""
    return written((1, written((1, OTHER), (5, written((1, address))))))


def container_status(image="docker.io/web:1", info='{"sandboxID": "x", "pid": 77}'):
    """Return a ``ContainerStatusResponse``."""
    status = written((1, ID), (8, written((1, image))), (9, CONFIG))
    return written((1, status), *pairs(2, {"info": info}))
