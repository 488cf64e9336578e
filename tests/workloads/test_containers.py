"""The table of containers loses no fact, forgets what is long over, and is bounded."""

from pratique.model.workload import ImageFacts, PodFacts, Workload
from pratique.workloads.containers import GRACE_NS, Containers


def web(**more):
    """Return a container."""
    return Workload(id=more.pop("id", "a1"), engine="podman", **more)


def test_what_was_known_stays():
    """A later look that knows less takes nothing away; what it knows better wins."""
    table = Containers()
    assert table.keep(web(name="web", init_pid=7, complete=False))
    assert table.keep(web(image="i", init_pid=8))
    assert not table.keep(web(image="i", init_pid=8))

    assert table.get("a1") == web(name="web", image="i", init_pid=8)


def test_the_end():
    """An ended container does not run, and is remembered for a while."""
    table = Containers()
    table.keep(web())
    table.end("a1", 5)
    table.end("a1", 9)
    table.end("none", 5)

    assert table.running() == ()
    assert not table.forget(4 + GRACE_NS)
    assert table.get("a1") is not None
    assert table.forget(5 + GRACE_NS)
    assert table.get("a1") is None
    assert len(table) == 0


def test_a_second_life():
    """A container that begins again has another first process."""
    table = Containers(started=lambda pid: pid * 10)
    table.keep(web(name="web", init_pid=7))
    assert table.running()[0].started_ns == 70
    table.end("a1", 5)
    table.revive("a1")
    assert table.running() == (web(name="web"),)
    assert not table.forget(GRACE_NS * 2)


def test_facts():
    """The store is asked where an image has a digest, and again on request."""
    asked = []

    def facts(workload):
        asked.append(workload.id)
        return ImageFacts(digest=workload.digest, verdict=f"answer {len(asked)}")

    table = Containers(facts)
    table.keep(web(id="b2"))
    table.keep(web(digest="sha256:m"))
    assert asked == ["a1"]
    table.refresh()
    known = table.get("a1")
    assert known is not None
    assert known.facts == ImageFacts(digest="sha256:m", verdict="answer 2")


def test_groups_without_names():
    """A remembered group stands for what lies below it."""
    table = Containers(most=2)
    table.keep(web())
    table.name_group("/odd/place", "a1")
    assert table.of_group("/odd/place") == table.of_group("/odd/place/sub/x") == web()
    assert table.of_group("/odd") is table.of_group("/odd/placed") is table.of_group("/") is None
    table.name_group("/1", "a1")
    table.name_group("/2", "a1")
    assert table.of_group("/odd/place") is None


def test_bounds():
    """Ended containers go first, then the oldest; both are counted."""
    table = Containers(most=2)
    table.keep(web(id="a"))
    table.keep(web(id="b"))
    table.end("b", 0)
    table.keep(web(id="c"))
    assert [one.id for one in table.running()] == ["a", "c"]
    table.keep(web(id="d"))
    assert [one.id for one in table.running()] == ["c", "d"]
    assert table.evicted == 2


def test_what_servers_tell():
    """It fills what the engine's files leave open, of a container or its pod, also of one to come."""
    known = Containers()
    known.keep(Workload(id="a", engine="docker", name="web", pod_uid="u"))
    pod = Workload(id="", engine="", pod_uid="u", pod_facts=PodFacts(owner="web-1"))
    one = Workload(id="a", engine="cri", name="other", image="x", pod_facts=PodFacts(address="::1"))

    assert known.tell("kubernetes", (pod,))
    assert known.tell("cri", (one,))
    assert not known.tell("cri", (one,))
    known.keep(Workload(id="b", engine="docker", pod_uid="u", pod_facts=PodFacts(sandbox="s")))

    found, late = known.get("a"), known.get("b")
    assert found is not None
    assert late is not None
    assert (found.engine, found.name, found.image) == ("docker", "web", "x")
    assert found.pod_facts == PodFacts(owner="web-1", address="::1")
    assert late.pod_facts == PodFacts(owner="web-1", sandbox="s")


def test_what_a_server_no_longer_tells():
    """It is not said of new containers, and what one server tells does not crowd out another's."""
    known = Containers(most=2)
    told = [Workload(id=name, engine="", image=name) for name in "abc"]
    known.tell("cri", told)
    known.tell("docker", told[:1])
    known.tell("cri", ())
    for name in "ab":
        known.keep(Workload(id=name, engine="docker"))
    assert [one.image for one in known.running()] == ["a", ""]


def test_what_it_is_called_elsewhere():
    """A name and an image stand where no file tells them; a later word without one takes nothing away."""
    table = Containers(most=2)
    assert not table.name("a1", "early", "i:1")
    assert not table.name("a1", "early")
    table.keep(web(complete=False))
    assert (table.get("a1").name, table.get("a1").image) == ("early", "i:1")
    table.keep(web(name="web", image="i:2"))
    assert (table.get("a1").name, table.get("a1").image) == ("web", "i:2")
    for identity in ("a2", "a3"):
        table.name(identity, "x")
    table.keep(web(id="a4"))

    assert table.keep(web(id="a3"))
    assert (table.get("a3").name, table.get("a4").name) == ("x", "")
