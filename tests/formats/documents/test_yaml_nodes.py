"""YAML is read as nodes that know their bytes, however it is written, within bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.formats.documents.yaml_nodes import MISSING, Node, read_nodes
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded


def root(text: str | bytes) -> Node:
    """Return the root of the one document of a text."""
    (found,) = read_nodes(text.encode() if isinstance(text, str) else text)
    assert not found.problem
    return found.root


@pytest.mark.parametrize("before", ["", "é: ü # ß\n", "\ufeff", "# 漢字\n"])
def test_a_scalar_is_the_bytes_at_its_place(before: str) -> None:
    """Also behind letters of several bytes and a mark of byte order."""
    content = f"{before}a: first\nb: ['two', {{c: \"three\"}}]\n".encode()
    node = root(content)

    for path, text in ((("a",), b"first"), (("b", 0), b"'two'"), (("b", 1, "c"), b'"three"')):
        found = node.at(*path)
        assert content[found.start : found.end] == text
        assert found.line == content.count(b"\n", 0, found.start) + 1


def test_a_block_ends_with_its_last_value() -> None:
    """And a flow with its bracket."""
    content = b"a:\n  b: 1\n  c: 2\n# end\nd: {e: 1} # x\n"
    node = root(content)

    assert content[: node.at("a").end].endswith(b"c: 2")
    assert content[node.at("d").start : node.at("d").end] == b"{e: 1}"


def test_documents_stand_by_themselves() -> None:
    """One that cannot be read says where; empty ones and comments are none."""
    found = read_nodes(b"# only words\n---\na: 1\n---\nb: [\n---\nc: 3\n---\n")

    assert [one.root.at("a").number for one in found[:1]] == [1]
    assert found[1].problem
    assert 4 <= found[1].line <= 6
    assert found[2].root.at("c").line == 7


def test_aliases_and_merges() -> None:
    """An alias is what it names; a merge gives what is not written, the first source first."""
    node = root("a: &x {k: 1, l: 1}\nb: &y {k: 2, m: 2}\nc: {<<: [*x, *y], l: 3}\nd: *x\n")

    assert {key: one.text for key, one in node.at("c").fields.items()} == {
        "k": "1",
        "l": "3",
        "m": "2",
    }
    assert set(node.at("c").keys) == {"l"}
    assert node.at("d") == node.at("a")


def test_equal_keys() -> None:
    """The later wins, and it is told."""
    node = root("a: 1\na: 2\n")

    assert node.at("a").text == "2"
    assert [one.line for one in node.repeated] == [2]


@pytest.mark.parametrize(
    ("text", "truth", "number", "there"),
    [
        ("yes", True, None, True),
        ("'yes'", None, None, True),
        ("Off", False, None, True),
        ("0o17", None, 15, True),
        ("017", None, 15, True),
        ("-3", None, -3, True),
        ("0x1f", None, 31, True),
        ("'3'", None, None, True),
        ("~", None, None, False),
        ("null", None, None, False),
        ("089", None, 89, True),
    ],
)
def test_meanings(text: str, truth: bool | None, number: int | None, there: bool) -> None:
    """As YAML 1.1 reads them; quotes make text."""
    node = root(f"a: {text}\n").at("a")

    assert (node.truth, node.number, bool(node)) == (truth, number, there)


def test_what_is_not_there() -> None:
    """Has no line and no value; a list has no fields and a mapping no items."""
    node = root("a: [1]\n")

    assert node.at("b", "c", 4) is MISSING
    assert not MISSING
    assert (node.at("a").fields, node.items, node.at("a", 9).line) == ({}, (), 0)


def test_json_indented_by_tabs() -> None:
    """Is read, though YAML forbids tabs there."""
    assert root('{\n\t"a": [\n\t\t1\n\t]\n}').at("a", 0).number == 1


def test_bombs_are_refused() -> None:
    """Aliases of aliases count each time; depth and recursion end."""
    laughs = b"a0: &a0 [x]\n" + b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)
    )

    assert "values" in read_nodes(laughs)[0].problem
    assert "deep" in read_nodes(b"[" * 500 + b"]" * 500)[0].problem
    assert "alias" in read_nodes(b"a: &x [*x]\n")[0].problem
    assert "alias" in read_nodes(b"a: *x\n")[0].problem
    with pytest.raises(LimitExceeded):
        read_nodes(b"a: 1\n" * 9, replace(DEFAULT, document_values=8))
    with pytest.raises(FormatError):
        read_nodes(b"\xff\xfe")


@given(st.binary(max_size=200) | st.text("ab:-[]{}&*<!|>'\"#\n \té", max_size=60).map(str.encode))
def test_anything_may_be_read(content: bytes) -> None:
    """It is read, told as a problem, or refused; places lie inside the file."""
    try:
        found = read_nodes(content)
    except FormatError:
        return
    for one in found:
        assert one.problem or 0 <= one.root.start <= one.root.end <= len(content)
