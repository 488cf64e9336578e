"""Prove that every function of a Go program is listed, from each form of the table."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.go_symbols import (
    MAX_NAME_BYTES,
    read_functions,
    split_name,
    symbol_hash,
)
from pratique.formats.programs.layout import Kind, Part, Program
from pratique.formats.programs.program import read_program
from pratique.model.errors import FormatError
from tests.makers.go_programs import V12, V116, V118, V120, function_table
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of, macho_of, pe_of

_NAMES = ("main.main", "golang.org/x/text/language.Parse", "net/http.(*Server).Serve")


def _read(content: bytes):
    file = layer_file("p", content)
    found = read_functions(file, read_program(file))
    return None if found is None else list(found)


@pytest.mark.parametrize("version", [V116, V118, V120])
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("big", [True, False])
def test_names_in_a_list(version, wide, big):
    """Since Go 1.16 the names stand one after the other."""
    table = function_table(_NAMES, version, word=8 if wide else 4, big=big)

    assert _read(elf_of({".gopclntab": table}, wide=wide, big=big)) == list(_NAMES)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("big", [True, False])
def test_names_among_other_things(wide, big):
    """Before, everything that looks like a name is taken: never too few."""
    table = function_table(_NAMES, V12, word=8 if wide else 4, big=big)

    assert set(_NAMES) <= set(_read(elf_of({".gopclntab": table}, wide=wide, big=big)))


def test_names_that_follow_an_address():
    """Of 32 bits and big endian its last bytes may be letters; the name itself is found too."""
    table = (
        function_table((), V12, word=4, big=True) + b"\x00\x08exmain.main\0/src/main.go\0a/b.go\0"
    )

    found = _read(elf_of({".gopclntab": table}, wide=False, big=True))

    assert "main.main" in found
    assert not any(name.endswith(".go") for name in found)


@pytest.mark.parametrize(
    "content",
    [
        elf_of({".data.rel.ro": bytes(16) + function_table(_NAMES)}),
        elf_of({"data": bytes(64) + function_table(_NAMES)}, sectioned=False),
        pe_of({".rdata": bytes(32) + function_table(_NAMES)}),
        macho_of({"__gopclntab": function_table(_NAMES)}),
    ],
    ids=["merged", "no sections", "windows", "macos"],
)
def test_a_table_without_a_section_of_its_own_is_searched(content):
    """Other linkers merge it, and Windows has no name for it."""
    assert _read(content) == list(_NAMES)


def test_a_program_without_a_table_has_no_list():
    """Which is not an empty one."""
    assert _read(elf_of({".text": b"x"})) is None
    assert _read(elf_of({".data.rel.ro": b"\xf1\xff\xff\xff\0\0\x01\x08" + bytes(80)})) is None


def _broken(at: int, value: bytes) -> bytes:
    table = bytearray(function_table(_NAMES))
    table[at : at + len(value)] = value
    return elf_of({".gopclntab": bytes(table)})


@pytest.mark.parametrize(
    "content",
    [
        _broken(0, b"\xf9"),
        _broken(8 + 3 * 8, b"\xff" * 8),
        _broken(8 + 4 * 8, b"\x01"),
    ],
    ids=["later form", "names elsewhere", "end before begin"],
)
def test_damage_is_refused(content):
    """A table that cannot be read says nothing, neither presence nor absence."""
    with pytest.raises(FormatError):
        _read(content)


def test_an_endless_name_is_refused():
    """It is not gathered to its end."""
    table = function_table(["x" * (MAX_NAME_BYTES + 9)])[:-1]
    program = Program(Kind.ELF, 8, False, (Part(".gopclntab", 0, 0, len(table)),))

    with pytest.raises(FormatError):
        list(read_functions(layer_file("p", table), program))


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("main.main", ("main", "main")),
        ("a.b/c/d.(*T).M", ("a.b/c/d", "T.M")),
        ("a.b/c/d.T.M", ("a.b/c/d", "T.M")),
        ("a.b/c/d.(*T).M.func1.2", ("a.b/c/d", "T.M")),
        ("a.b/c/d.F.func1", ("a.b/c/d", "F")),
        ("a.b/c/d.F.gowrap2", ("a.b/c/d", "F")),
        ("a.b/c/d.F-range1", ("a.b/c/d", "F")),
        ("a.b/c/d.(*T).M-fm", ("a.b/c/d", "T.M")),
        ("a.b/c/d.T.M-fm", ("a.b/c/d", "T.M")),
        ("a.b/c/d.init.0", ("a.b/c/d", "init")),
        ("a.b/c/d.glob..func3", ("a.b/c/d", "glob")),
        ("a.b/c.F[go.shape.string,x/y.T]", ("a.b/c", "F")),
        ("a.b/c.(*T[...]).M", ("a.b/c", "T.M")),
        ("gopkg.in/yaml%2ev2.Unmarshal", ("gopkg.in/yaml.v2", "Unmarshal")),
        ("vendor/golang.org/x/net/idna.ToASCII", ("vendor/golang.org/x/net/idna", "ToASCII")),
        ("type:.eq.a.b/c.T", None),
        ("type..hash.a.b/c.T", None),
        ("go:buildid", None),
        ("runtime", None),
        ("_cgoexp_1_a.F", None),
    ],
)
def test_names_are_split_as_advisories_write_them(name, split):
    """Import path; function, or type and method; what is inside a function is that function."""
    assert split_name(name) == split


@given(st.text(max_size=60))
def test_any_name_is_split_or_left(name):
    """Never an error."""
    found = split_name(name)

    assert found is None or len(found) == 2


def test_a_hash_is_the_first_four_bytes_of_the_whole_name():
    """As ``Linked`` says."""
    assert (
        symbol_hash("net/http", "Server.Serve")
        == (hashlib.sha256(b"net/http.Server.Serve").digest()[:4])
    )


@given(st.binary(max_size=300), st.sampled_from([V12, V116, V118, V120]))
def test_arbitrary_tables_raise_nothing_else(content, version):
    """Only FormatError."""
    table = version.to_bytes(4, "little") + b"\0\0\x01\x08" + content
    try:
        _read(elf_of({".gopclntab": table}))
    except FormatError:
        pass
