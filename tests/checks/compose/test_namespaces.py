"""A namespace of the host is told where it stands, and can be taken out."""

from pratique.checks.compose._namespaces import host_namespace
from pratique.checks.compose.interface import scene_of, service
from pratique.model.severity import Severity


def test_only_host_is_told() -> None:
    """At the value, with the grade given."""
    (fault,) = host_namespace(scene_of(service("pid: host", "ipc: x")), "pid", "n", Severity.LOW)

    assert (fault.line, fault.note, fault.severity) == (4, "service web: n", Severity.LOW)
    assert [edit.text for edit in fault.edits] == [b""]
    assert list(host_namespace(scene_of(service("pid: service:a")), "pid", "n")) == []
