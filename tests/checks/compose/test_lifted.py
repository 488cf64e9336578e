"""A security option that lifts something is told, however it is written."""

from pratique.checks.compose._lifted import lifted
from pratique.checks.compose.interface import scene_of, service


def test_both_marks_and_any_case() -> None:
    """A colon and an equals sign part name and setting."""
    text = service(
        "security_opt: ['seccomp:Unconfined', 'seccomp=unconfined', 'apparmor:unconfined']"
    )
    found = list(lifted(scene_of(text), "seccomp", "unconfined", "n"))

    assert len(found) == 2
    assert list(lifted(scene_of(service("security_opt: [x]")), "seccomp", "unconfined", "n")) == []
