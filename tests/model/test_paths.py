"""File names survive the way to text and back, whatever bytes they are."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from pratique.model.paths import decode_path, encode_path

# Names around the stand-ins themselves are where a mapping could fold two names into one.
STAND_INS = st.text(st.characters(min_codepoint=0xF6F0, max_codepoint=0xF810)).map(str.encode)
NAMES = st.binary() | STAND_INS | st.builds(bytes.__add__, STAND_INS, st.binary())


@given(NAMES)
@example(b"\xef\x9f\xa9")  # U+F7E9 itself, which stands in for the byte E9
@example(b"\xe9")
@example(b"\xed\xb3\xa9")  # a surrogate as WTF-8
@example(b"\xef\x9f\xa9\xe9")
@example(b"\xff\x00\xfe")
def test_the_way_back_gives_the_same_bytes(name: bytes) -> None:
    """``encode_path(decode_path(b)) == b`` for all bytes."""
    assert name == encode_path(decode_path(name))


@given(NAMES, NAMES)
def test_two_names_never_become_one(one: bytes, other: bytes) -> None:
    """Different bytes are different texts, so no file hides behind another."""
    assert (one == other) == (decode_path(one) == decode_path(other))


@given(NAMES)
def test_the_text_is_valid_unicode(name: bytes) -> None:
    """It can be encoded, stored and printed as JSON."""
    text = decode_path(name)

    assert text == text.encode().decode()
    assert text == json.loads(json.dumps(text, ensure_ascii=False).encode())


@given(st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xE000)))
def test_plain_names_stay_as_they_are(text: str) -> None:
    """What is ordinary UTF-8 reads as it was written."""
    assert text == decode_path(text.encode())


@given(NAMES, NAMES)
def test_separators_are_kept(one: bytes, other: bytes) -> None:
    """Splitting at ``/`` before or after decoding gives the same parts."""
    joined = one + b"/" + other

    assert decode_path(joined).split("/") == [decode_path(part) for part in joined.split(b"/")]
