"""What people typed does not enter a redacted recording."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.recording.redacting import redacted, redacted_process
from pratique.model.observation import Called, Executed, Observation, Opened, SocketUsed
from tests.makers.happenings import START, process

WORD = "hunter" + "2"


@given(st.sampled_from([WORD, "-p" + WORD, "--password=" + WORD, "-x=" + WORD, "-D" + WORD]))
def test_no_value_of_an_argument_stays(argument: str) -> None:
    act = Executed("/bin/x", ("x", argument, argument), environment=("SECRET=" + WORD,))
    who = process("/bin/x", 7, "/bin/sh", arguments=(argument,), environment=("A=" + WORD,))
    who_else = redacted_process(who)

    assert WORD not in repr(redacted(Observation("execve", act, START, 7)))
    assert WORD not in repr(who_else)
    assert who_else.path == "/bin/x"


def test_paths_stay_and_other_texts_go() -> None:
    opened = Observation("openat", Opened("/etc/shadow"), START, 7)
    called = Observation("keyctl", Called((1,), WORD), START, 7)

    assert redacted(opened) == opened
    assert redacted(called).act == Called((1,), "*")


def test_what_went_through_a_socket_goes() -> None:
    sent = Observation("sendto", SocketUsed(4, 2, data=WORD.encode()), START, 7)
    assert redacted(sent).act == SocketUsed(4, 2)
