"""A name counts where the file or the system's own link gives it, and nowhere else."""

import pytest

from pratique.model.event import Ancestor
from pratique.model.observation import Executed
from pratique.workloads.naming import is_chosen

INSIDE = Ancestor(5, "sh", "/usr/bin/dash", in_container=True)
NESTED = Ancestor(5, "runc", "/usr/local/sbin/runc", in_container=True)
NODE = Ancestor(1, "conmon", "/usr/bin/conmon")


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("sshd", Executed("/usr/bin/cat", called="/tmp/sshd")),
        ("sshd", Executed("/usr/bin/cat", called="./sshd")),
        ("sshd", Executed("/usr/bin/cat", called="/usr/bin/../../tmp/sshd")),
        ("buildah", Executed("/usr/bin/dash", called="/opt/app/buildah")),
        ("dpkg", Executed("/usr/bin/dash", called="/tmp/dpkg", script="/tmp/dpkg")),
        ("npm", Executed("/usr/bin/dash", called="/srv/npm", script="/srv/npm")),
        ("sshd", Executed("/tmp/sshd", called="/tmp/sshd")),
        ("sshd", Executed("/dev/shm/sshd", called="/dev/shm/sshd")),
        ("runc:[2:INIT]", Executed("/usr/bin/python3.11", called="/tmp/runc:[2:INIT]")),
        ("exe", Executed("/usr/bin/python3.11", called="/proc/self/exe")),
        ("runc:[x", Executed("/memfd:runc_cloned:x (deleted)", called="/tmp/runc:[x", memfd=True)),
        ("sshd", Executed("/memfd:x/sshd (deleted)", called="/tmp/sshd", memfd=True)),
    ],
)
def test_a_chosen_name(name: str, act: Executed) -> None:
    """Links, scripts and files of any place, and what only calls itself a runtime."""
    assert is_chosen(name, act, INSIDE)


@pytest.mark.parametrize(
    ("name", "act", "parent"),
    [
        ("sshd", Executed("/usr/sbin/sshd", called="/usr/sbin/sshd"), INSIDE),
        ("python3", Executed("/usr/bin/python3.11", called="/usr/bin/python3"), INSIDE),
        ("python3", Executed("/opt/x/bin/python3.11", called="/opt/x/bin/python3"), INSIDE),
        ("mysqld", Executed("/usr/sbin/mariadbd", called="/usr/sbin/mysqld"), INSIDE),
        ("login", Executed("/bin/busybox", called="/bin/login"), INSIDE),
        ("systemd-journal", Executed("/usr/lib/systemd/systemd-journald"), INSIDE),
        (
            "adduser",
            Executed("/usr/bin/perl", called="/usr/sbin/adduser", script="/usr/sbin/adduser"),
            INSIDE,
        ),
        ("exe", Executed("/usr/local/sbin/runc", called="/proc/self/exe"), NODE),
        ("exe", Executed("/memfd:runc_cloned:x", called="/proc/self/exe", memfd=True), NODE),
        ("exe", Executed("/memfd:crun_cloned:x", called="/proc/self/exe", memfd=True), NODE),
        ("exe", Executed("/memfd:runc_cloned:x", called="/proc/self/exe", memfd=True), NESTED),
        ("sh", Executed(""), INSIDE),
        ("", Executed("/bin/sh"), INSIDE),
    ],
)
def test_the_name_of_the_file(name: str, act: Executed, parent: Ancestor) -> None:
    """What the image's own names say, runtimes at work, and what nobody knows."""
    assert not is_chosen(name, act, parent)
