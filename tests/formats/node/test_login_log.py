"""Messages of sshd, sudo and su tell of users; nobody else's do, and no name breaks one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.node.login_log import MOST_LINE, Told, read_line, read_message
from pratique.model.observation import Elevated, LoggedIn


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "Accepted publickey for ann from 192.0.2.7 port 50 ssh2: ED25519 SHA256:x",
            LoggedIn("ann", True, "192.0.2.7", "", "publickey", "sshd"),
        ),
        (
            "Failed password for invalid user bob from 2001:db8::7 port 50 ssh2",
            LoggedIn("bob", False, "2001:db8::7", "", "password", "sshd"),
        ),
        (
            "Failed password for x from 192.0.2.99 port 1 from 192.0.2.7 port 50 ssh2",
            LoggedIn("x from 192.0.2.99 port 1", False, "192.0.2.7", "", "password", "sshd"),
        ),
        ("Connection closed by 192.0.2.7 port 50", None),
        ("session opened for user Accepted password for ann from 192.0.2.7 port 5", None),
    ],
)
def test_sshd(message, expected):
    """A name that looks like a message moves nothing."""
    assert read_message("sshd", message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "     ann : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/bin/sh -c x ; COMMAND=y",
            Elevated("ann", "root", "/bin/sh -c x ; COMMAND=y", "/srv", "pts/0"),
        ),
        (
            "bob : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/id",
            Elevated("bob", "root", "/bin/id", "/", "pts/1", success=False),
        ),
        (
            "bob : 3 incorrect password attempts ; PWD=/ ; USER=root ; COMMAND=/bin/id",
            Elevated("bob", "root", "/bin/id", "/", success=False),
        ),
        ("pam_unix(sudo:session): session opened for user root", None),
    ],
)
def test_sudo(message, expected):
    """What was run comes last, whatever stands in it."""
    assert read_message("sudo", message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("(to root) ann on pts/0", Elevated("ann", "root", terminal="pts/0")),
        ("FAILED SU (to root) bob on pts/1", Elevated("bob", "root", "", "", "pts/1", False)),
        ("pam_unix(su:auth): authentication failure", None),
    ],
)
def test_su(message, expected):
    """Both what went well and what failed."""
    assert read_message("su", message) == expected


def test_lines():
    """Both shapes of a log have their time and pid."""
    message = b"host sshd-session[70]: Accepted password for ann from 192.0.2.7 port 5 ssh2"
    act = LoggedIn("ann", True, "192.0.2.7", "", "password", "sshd")
    moment = 1_795_321_906 * 10**9
    assert read_line(b"Nov 22 04:31:46 " + message, 2026) == Told(act, 70, moment)
    assert read_line(b"2026-11-22T04:31:46.5+00:00 " + message, 1) == Told(act, 70, moment)
    assert read_line(b"Feb 30 04:31:46 " + message, 2026) == Told(act, 70, 0)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"Nov 22 04:31:46 host app[7]: Accepted password for root from 192.0.2.7 port 5 ssh2",
        b"Nov 22 04:31:46 host sshd[7] Accepted password for root from 192.0.2.7 port 5",
        b"Nov 22 04:31:46 host sshd[7]: " + b"x" * MOST_LINE,
    ],
)
def test_lines_that_tell_of_no_user(line):
    """Another program's word, another shape, a flood."""
    assert read_line(line, 2026) is None


@given(st.sampled_from(["sshd", "sudo", "su"]), st.text(max_size=200))
def test_never_crashes(program, message):
    """Any message tells of a user or not."""
    read_message(program, message)
    read_line(f"Nov 22 04:31:46 h {program}[1]: {message}".encode(), 2026)
