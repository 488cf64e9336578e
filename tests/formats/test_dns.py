"""DNS messages are read as far as they are whole, and never longer than is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dns import MOST_ANSWERS, read_message
from pratique.model.errors import FormatError
from tests.makers.mutation import damaged

NAME = b"\7example\3org\0"
QUESTION = NAME + b"\0\1\0\1"
POINTER = b"\xc0\x0c"


def message(answers: list[bytes], *, flags: int = 0x8180, claimed: int | None = None) -> bytes:
    """Return an answer to the question for example.org."""
    count = len(answers) if claimed is None else claimed
    head = b"\0\7" + flags.to_bytes(2, "big") + b"\0\1" + count.to_bytes(2, "big") + bytes(4)
    return head + QUESTION + b"".join(answers)


def answer(kind: int, data: bytes, name: bytes = POINTER, ttl: int = 60) -> bytes:
    """Return one record."""
    head = kind.to_bytes(2, "big") + b"\0\1" + ttl.to_bytes(4, "big")
    return name + head + len(data).to_bytes(2, "big") + data


FULL = message(
    [
        answer(5, b"\3www" + POINTER),
        answer(1, bytes([192, 0, 2, 1]), b"\3www" + POINTER),
        answer(28, bytes(15) + b"\1"),
        answer(16, b"\5hello"),
    ]
)


def test_addresses_and_names_are_read() -> None:
    """Aliases and addresses of both kinds, compressed names followed; texts are left out."""
    read = read_message(FULL)

    assert (read.name, read.kind, read.response, read.code) == ("example.org", 1, True, 0)
    assert read.answers == ("www.example.org", "192.0.2.1", "::1")


def test_answers_are_kept_as_long_as_the_shortest_of_them() -> None:
    """Records that are left out do not count; a time with its first bit set is none (RFC 2181)."""
    times = [answer(1, b"1234", ttl=300), answer(1, b"1235", ttl=20), answer(16, b"\1x", ttl=1)]

    assert read_message(message(times)).ttl_s == 20
    assert read_message(message([answer(1, b"1234", ttl=1 << 31)])).ttl_s == 0
    assert read_message(message([])).ttl_s == 0


def test_failure_and_question() -> None:
    """The code of an answer is kept; a question has neither answers nor the mark of one."""
    assert read_message(message([], flags=0x8183)).code == 3
    assert not read_message(message([], flags=0x0100)).response


def test_what_is_cut_off_gives_what_is_whole() -> None:
    """More answers claimed than there are; an answer that ends early is left out."""
    first = answer(1, bytes([192, 0, 2, 1]))
    assert read_message(message([first], claimed=9)).answers == ("192.0.2.1",)
    assert read_message(message([first, answer(1, b"1234")])[:-1]).answers == ("192.0.2.1",)


def test_answers_are_bounded() -> None:
    """No message makes more answers than the bound."""
    many = message([answer(1, bytes([192, 0, 2, n])) for n in range(MOST_ANSWERS + 9)])
    assert len(read_message(many).answers) == MOST_ANSWERS


@pytest.mark.parametrize(
    ("label", "shown"),
    [(b"a.b", "a\\046b"), (b"A-z_0", "a-z_0"), (b"\x1b[0m", "\\027[0m"), (b"\xff", "\\255")],
)
def test_letters_of_a_name_cannot_mislead(label: bytes, shown: str) -> None:
    """A dot inside a label is not one between labels; nothing acts on a terminal."""
    content = message([])[:12] + bytes([len(label)]) + label + b"\0\0\1\0\1"
    assert read_message(content).name == shown


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(12),
        message([])[:20],
        message([])[:12] + b"\xc0\x0c\0\1\0\1",
        message([])[:12] + b"\xc0\x40\0\1\0\1",
        message([])[:12] + b"\x80\0\0\1\0\1",
        message([])[:12] + (b"\x3f" + b"a" * 63) * 5 + b"\0\0\1\0\1",
        message([])[:4] + b"\0\2" + message([])[6:],
    ],
    ids=["empty", "no question", "cut", "circle", "forwards", "unknown", "long", "two questions"],
)
def test_what_is_no_message_is_refused(content: bytes) -> None:
    """Circles, jumps forwards, names over 255 bytes, no question or two."""
    with pytest.raises(FormatError):
        read_message(content)


@given(damaged([FULL, message([])]))
def test_damage_never_crashes(content: bytes) -> None:
    """Whatever comes is read within the bounds, or refused."""
    try:
        read = read_message(content)
    except FormatError:
        return
    assert len(read.answers) <= MOST_ANSWERS
    assert len(read.name) <= 4 * 255


@given(st.binary(max_size=64))
def test_any_bytes(content: bytes) -> None:
    """Bytes of any kind are a message or refused."""
    try:
        read_message(content)
    except FormatError:
        pass
