"""A path is whole where the root that it is seen from is put in front of it."""

from pratique.detections.whole_path import from_outside, whole_path
from pratique.model.observation import Called, Executed, Opened
from tests.makers.happenings import event


def test_the_root_comes_first() -> None:
    """Also where it is the root of the file systems itself."""
    assert whole_path(Executed("/sh", root="/tmp/x")) == "/tmp/x/sh"
    assert whole_path(Opened("/etc/passwd", root="/")) == "/etc/passwd"
    assert whole_path(Opened("/etc/passwd")) == "/etc/passwd"


def test_a_program_is_what_its_file_is() -> None:
    """The process of an execution bears the whole path too; what opens no file stays as it is."""
    seen = from_outside(event("execve", Executed("/sh", root="/tmp/x")))
    other = event("memfd_create", Called())

    assert seen.process.path == "/tmp/x/sh"
    assert from_outside(other) is other
