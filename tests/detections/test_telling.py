"""An alert says who, where and when, under the names that everybody uses."""

from msgspec.structs import replace

from pratique.detections.telling import Saying, anew, event_fields, field, place, tell
from pratique.model.alert import Detector, Priority
from pratique.model.observation import SocketUsed
from pratique.model.workload import Workload
from tests.makers.happenings import WEB, event, executed

SAYING = Saying(
    detector=Detector.DRIFT, rule="x", priority=Priority.ERROR, output="o", fields=(("a", "b"),)
)


def test_an_alert_bears_what_a_response_needs() -> None:
    act = SocketUsed(remote_address="192.0.2.7", remote_port=443)
    alert = tell(event("connect", act, cgroup=7, sequence=9), SAYING)

    assert (alert.remote_address, alert.remote_port) == ("192.0.2.7", 443)
    assert (alert.cgroup, alert.sequence, alert.pid) == (7, 9, 100)
    assert alert.process_started_ns > 0
    assert field(alert.fields, "a") == "b"
    assert field(alert.fields, "container.id") == WEB.id


def test_the_repository_is_the_image_without_tag_and_digest() -> None:
    for image in ("r.example:5000/a/b:1", "r.example:5000/a/b@sha256:00", "r.example:5000/a/b"):
        seen = executed("/x", workload=replace(WEB, image=image))
        fields = event_fields(seen)
        assert field(fields, "container.image.repository") == "r.example:5000/a/b"


def test_the_node_is_called_host() -> None:
    assert field(event_fields(executed("/x", workload=None)), "container.id") == "host"
    assert place(replace(WEB, pod="web-1", namespace="shop")) == "pod shop/web-1"


def test_what_is_known_later_stands_as_if_it_had_been_known() -> None:
    """In the fields and at the head of the sentence; a pod's too."""
    for known in (WEB, replace(WEB, pod="web-1", namespace="shop")):
        now = replace(executed("/x", workload=known), user="ann")
        bare = Workload(id=WEB.id, engine="podman", complete=False)
        before = replace(now, workload=bare, user="")
        for words in ("{}: a deed", "a deed of {}: x"):
            said = replace(SAYING, output=words.format(place(bare)))
            told = anew(tell(before, said), before, now)
            heads = words.startswith("{}")
            wanted = replace(said, output=words.format(place(known))) if heads else said
            assert told == tell(now, wanted)
