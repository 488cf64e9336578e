"""An engine is asked for lists each time, for a status once; it tells containers and pods."""

import pytest

from pratique.formats.runtime import cri
from pratique.model.errors import FormatError
from pratique.model.workload import PodFacts
from pratique.workloads import cri_server
from pratique.workloads.cri_server import CriServer
from tests.makers.cri import container, container_status, listed, sandbox, sandbox_status
from tests.makers.node import CONFIG, ID, OTHER, POD_UID


class Engine:
    """An engine that answers by method, and remembers what it was asked."""

    def __init__(self):
        self.answers = {
            cri.LIST_SANDBOXES: listed(sandbox()),
            cri.LIST_CONTAINERS: listed(container(), container("ee" * 32, state=2)),
            cri.SANDBOX_STATUS: sandbox_status(),
            cri.CONTAINER_STATUS: container_status(),
        }
        self.asked = []

    def call(self, method, message):
        """Answer."""
        self.asked.append(method)
        return self.answers[method]

    def close(self):
        """Note the end."""
        self.asked.append("close")


def test_what_it_tells():
    """The pod's labels and address for sandbox and container; names, digests, first process."""
    pod, web = CriServer(Engine()).ask()
    facts = PodFacts(labels=(("app", "web"),), sandbox=OTHER, address="10.0.0.7")

    assert (pod.id, pod.name, pod.pod, pod.pod_facts) == (OTHER, "POD", "web-0", facts)
    assert (web.id, web.name, web.image, web.image_id) == (ID, "nginx", "docker.io/web:1", CONFIG)
    assert (web.pod, web.namespace, web.pod_uid) == ("web-0", "shop", POD_UID)
    assert (web.init_pid, web.complete, web.pod_facts) == (77, True, facts)
    assert web.labels == (("io.kubernetes.container.name", "nginx"),)


def test_a_status_is_asked_for_once(monkeypatch):
    """And not too many at once; what is gone is forgotten and asked for anew."""
    engine = Engine()
    server = CriServer(engine)
    server.ask()
    server.ask()
    assert engine.asked.count(cri.CONTAINER_STATUS) == engine.asked.count(cri.SANDBOX_STATUS) == 1

    engine.answers[cri.LIST_CONTAINERS] = b""
    assert [one.id for one in server.ask()] == [OTHER]
    engine.answers[cri.LIST_CONTAINERS] = listed(container())
    monkeypatch.setattr(cri_server, "MOST_STATUSES", 0)
    assert server.ask()[1].image == ""
    assert not server.ask()[1].complete
    monkeypatch.setattr(cri_server, "MOST_STATUSES", 1)
    assert server.ask()[1].image == "docker.io/web:1"


def test_an_answer_of_another_shape():
    """It is an error, not an empty list."""
    engine = Engine()
    engine.answers[cri.LIST_SANDBOXES] = b"\x08"
    with pytest.raises(FormatError):
        CriServer(engine).ask()


def test_the_end():
    """The connection is given back."""
    engine = Engine()
    CriServer(engine).close()
    assert engine.asked == ["close"]
