"""What an engine tells by Kubernetes' interface is read; hostile bytes are refused, never more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.protobuf import fields, written
from pratique.formats.runtime import cri
from pratique.formats.runtime.bundle import MOST_CHARACTERS, MOST_PAIRS
from pratique.model.errors import FormatError
from tests.makers.cri import (
    container,
    container_status,
    listed,
    pairs,
    sandbox,
    sandbox_status,
)
from tests.makers.node import CONFIG, ID, MANIFEST, OTHER, POD_UID

READERS = (cri.read_sandboxes, cri.read_containers, cri.read_address, cri.read_status)


def test_sandboxes():
    """Pod, namespace, uid, labels; one that is not ready says so."""
    ready, over = cri.read_sandboxes(listed(sandbox(), sandbox(state=1, labels={})))
    assert (ready.id, ready.name, ready.namespace, ready.uid) == (OTHER, "web-0", "shop", POD_UID)
    assert ready.ready
    assert dict(ready.labels)["app"] == "web"
    assert not over.ready
    assert over.labels == ()


def test_containers():
    """Name, sandbox, image, state."""
    runs, ended = cri.read_containers(listed(container(), container(state=2)))
    assert (runs.id, runs.sandbox, runs.name) == (ID, OTHER, "nginx")
    assert (runs.image, runs.reference, runs.running) == (CONFIG, CONFIG, True)
    assert not ended.running


def test_statuses():
    """An address, a name, a first process; what the engine's own words lack is nothing."""
    assert cri.read_address(sandbox_status()) == "10.0.0.7"
    assert cri.read_address(sandbox_status("")) == cri.read_address(b"") == ""
    assert cri.read_status(container_status()) == cri.CriStatus("docker.io/web:1", CONFIG, 77)
    for info in ("", "[]", "{", '{"pid": "x"}', "{}"):
        assert cri.read_status(container_status(info=info)).pid == 0
    assert cri.read_status(b"") == cri.CriStatus()


def test_a_question():
    """It names one, and asks for what the engine adds."""
    assert list(fields(cri.request_of("a1"))) == [(1, b"a1"), (2, 1)]


def test_digests():
    """A reference holds the manifest's digest or the config's; a name holds none."""
    assert cri.digests(f"docker.io/web@{MANIFEST}") == (MANIFEST, "")
    assert cri.digests(CONFIG) == cri.digests(CONFIG.removeprefix("sha256:")) == ("", CONFIG)
    assert (
        cri.digests("docker.io/web:1") == cri.digests("") == cri.digests("a@sha256:1") == ("", "")
    )


def test_bounds():
    """Texts and pairs are cut."""
    labels = {f"{one:04}": "x" * (MOST_CHARACTERS + 1) for one in range(MOST_PAIRS + 1)}
    (found,) = cri.read_sandboxes(listed(sandbox(labels=labels)))
    assert len(found.labels) == MOST_PAIRS
    assert {len(value) for _, value in found.labels} == {MOST_CHARACTERS}


@pytest.mark.parametrize("read", READERS)
def test_another_shape(read):
    """A number where a message is due, and the other way round."""
    with pytest.raises(FormatError):
        read(written((1, 7)))
    with pytest.raises(FormatError):
        cri.read_sandboxes(listed(written((3, "x"))))


@pytest.mark.parametrize("read", READERS)
@given(
    content=st.binary(max_size=200) | st.binary(max_size=60).map(lambda one: listed(listed(one)))
)
def test_hostile_bytes(read, content):
    """They are read or refused."""
    try:
        read(content)
    except FormatError:
        pass


@given(st.binary(max_size=100))
def test_hostile_words_of_an_engine(info):
    """Whatever stands in its own words, a status is read."""
    content = written((1, b""), (2, written((1, "info"), (2, info))), *pairs(2, {"x": "y"}))
    assert cri.read_status(content).image == ""
