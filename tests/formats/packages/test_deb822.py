from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.deb822 import FIELD_BYTES, stanzas
from tests.makers.mutation import damaged
from tests.makers.os_packages import dpkg_stanza

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,10}", fullmatch=True).map(str.lower)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
STANZA = st.dictionaries(NAMES, st.lists(LINES, min_size=1, max_size=3), min_size=1, max_size=4)


@given(st.lists(STANZA, max_size=4))
def test_what_is_written_is_read(written: list[dict[str, list[str]]]) -> None:
    """Fields and their continuation lines come back, whatever the values hold."""
    wanted = frozenset(name.encode() for fields in written for name in fields)
    content = "\n".join(
        "".join(f"{name}: " + "\n ".join(lines) + "\n" for name, lines in fields.items())
        for fields in written
    )

    found = list(stanzas(content.encode(), wanted))

    assert found == [
        {name.encode(): "\n".join(lines) for name, lines in fields.items()} for fields in written
    ]


def test_field_names_ignore_case_and_the_last_one_counts() -> None:
    """Dpkg compares field names without case."""
    content = b"PACKAGE: a\npackage: b\n"

    assert list(stanzas(content, frozenset({b"package"}))) == [{b"package": "b"}]


def test_a_blank_line_of_spaces_does_not_end_a_stanza() -> None:
    """Only an empty line does; otherwise text in a description could forge a stanza."""
    content = b"Package: a\nDescription: x\n \n Package: evil\nVersion: 1\n"

    found = list(stanzas(content, frozenset({b"package", b"version"})))

    assert found == [{b"package": "a", b"version": "1"}]


def test_an_endless_field_is_cut() -> None:
    """A field of many lines costs at most its bound in memory."""
    content = b"Depends: a\n" + b" b,\n" * (FIELD_BYTES // 2)

    (found,) = stanzas(content, frozenset({b"depends"}))

    assert len(found[b"depends"]) <= FIELD_BYTES


@given(damaged([dpkg_stanza("a") * 3, b"\n\n \n:\n"]))
def test_any_bytes_are_read(content: bytes) -> None:
    """No input raises."""
    list(stanzas(content, frozenset({b"package", b"status", b"description"})))
