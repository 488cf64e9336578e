"""Prove that Go's build information is read in both its forms, and refused when damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.programs.go_buildinfo import Module, read_buildinfo
from pratique.formats.programs.program import read_program
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.go_programs import inline_info, module_text, pointed_info
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of, macho_of, pe_of

_TEXT = module_text(
    "path example.org/m/cmd/tool",
    "mod example.org/m v1.2.3 h1:abc=",
    "dep golang.org/x/text v0.3.7 h1:abc=",
    "dep golang.org/x/xerrors v0.0.0-1 ",
    "=> github.com/golang/xerrors v0.0.0-2 h1:abc=",
    "dep example.org/near v0.1.0",
    "=> ../near (devel)",
    "build GOOS=linux",
    'build -ldflags="-s',
)


def _read(content: bytes):
    file = layer_file("p", content)
    program = read_program(file)
    return None if program is None else read_buildinfo(file, program)


def _check(found) -> None:
    assert (found.go, found.path) == ("go1.22.0", "example.org/m/cmd/tool")
    assert found.main == Module("example.org/m", "v1.2.3")
    assert found.deps == (
        Module("golang.org/x/text", "v0.3.7"),
        Module("golang.org/x/xerrors", "v0.0.0-1", Module("github.com/golang/xerrors", "v0.0.0-2")),
        Module("example.org/near", "v0.1.0", Module("../near", "(devel)")),
    )


@pytest.mark.parametrize(
    ("make", "section"),
    [(elf_of, ".go.buildinfo"), (macho_of, "__go_buildinfo"), (pe_of, ".data")],
    ids=["elf", "macho", "pe"],
)
def test_texts_behind_the_header(make, section):
    """The form since Go 1.18, in each kind of program."""
    _check(_read(make({"first": b"x", section: inline_info("go1.22.0", _TEXT)})))


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("big", [True, False])
def test_texts_that_are_pointed_to(wide, big):
    """The form before, of both word sizes and byte orders."""
    word = 8 if wide else 4
    info = pointed_info("go1.22.0", _TEXT, word=word, big=big)

    _check(_read(elf_of({".go.buildinfo": info}, wide=wide, big=big)))


def test_without_section_headers_the_writable_data_is_searched():
    """The header stands at a multiple of 16; the same bytes elsewhere are chance."""
    info = inline_info("go1.22.0", _TEXT)
    data = b"\0" * 8 + info[:40].ljust(56, b"\0") + info

    _check(_read(elf_of({"data": data}, sectioned=False)))


def test_settings_are_read_without_their_quotes():
    """Go quotes keys and values that hold spaces or quotes."""
    text = 'build\tCGO_ENABLED=0\nbuild\t-ldflags="-s -w -X \\"main.v=1\\""\nbuild\t`a b`=c\n'

    found = _read(elf_of({".go.buildinfo": inline_info("go1.22.0", text)}))

    assert found.settings == {
        "CGO_ENABLED": "0",
        "-ldflags": '-s -w -X "main.v=1"',
        "a b": "c",
    }


def test_a_program_built_without_modules_has_none():
    """The toolchain is known all the same."""
    found = _read(elf_of({".go.buildinfo": inline_info("go1.19.8")}))

    assert (found.go, found.main, found.deps) == ("go1.19.8", None, ())


def test_other_programs_have_no_build_information():
    """Nothing of them but headers is read."""
    assert _read(elf_of({".text": b"x"})) is None
    assert _read(pe_of({".data": b"x" * 99})) is None


@pytest.mark.parametrize(
    "info",
    [
        inline_info("go1.22.0", _TEXT)[:60],
        inline_info("")[:33],
        b"\xff Go buildinf:" + bytes([5, 0]) + bytes(16),
        b"\xff Go buildinf:" + bytes([8, 2]) + bytes(16) + b"\xff" * 10,
    ],
    ids=["cut", "no version", "word of 5 bytes", "endless length"],
)
def test_damage_is_refused(info):
    """A Go program whose modules cannot be read is not one without modules."""
    with pytest.raises(FormatError):
        _read(elf_of({".go.buildinfo": info}))


def test_a_text_over_the_bound_is_a_limit():
    """The length is looked at before anything is read."""
    info = b"\xff Go buildinf:" + bytes([8, 2]) + bytes(16) + b"\xff\xff\xff\x7f"

    with pytest.raises(LimitExceeded):
        _read(elf_of({".go.buildinfo": info}))


_GOOD = inline_info("go1.22.0", _TEXT)


@given(st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.integers(0, 255)), max_size=8))
def test_mutations_raise_nothing_else(changes):
    """Only FormatError."""
    info = bytearray(_GOOD)
    for at, value in changes:
        info[at] = value
    try:
        _read(elf_of({".go.buildinfo": bytes(info)}))
    except FormatError:
        pass


@given(st.binary(max_size=200))
def test_arbitrary_texts_raise_nothing_else(text):
    """Whatever stands where modules should."""
    info = inline_info("go1.22.0", text.decode("latin-1"))
    try:
        _read(elf_of({".go.buildinfo": info}))
    except FormatError:
        pass
