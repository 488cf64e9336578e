"""Prove what is said of Go programs, and what is said not to be known of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.go.go_binary import extract_file
from pratique.formats.programs.go_symbols import symbol_hash
from pratique.model.errors import FormatError
from tests.makers.go_programs import function_table, go_elf, inline_info, module_text
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of

_MAIN = ("path example.org/m/cmd/t", "mod example.org/m v1.2.3 h1:a=")
_TEXT = "dep golang.org/x/text v0.3.7 h1:a="


def _extract(content: bytes):
    return extract_file(layer_file("usr/bin/t", content))


def _rows(found) -> list[tuple[str, str]]:
    return [(one.name, one.version) for one in found.packages]


def test_modules_and_the_standard_library_are_listed():
    """The main module at a published version is one of them."""
    found = _extract(go_elf("go1.22.0", *_MAIN, _TEXT))

    assert _rows(found) == [
        ("example.org/m", "v1.2.3"),
        ("golang.org/x/text", "v0.3.7"),
        ("stdlib", "1.22.0"),
    ]
    assert found.unknowns == ()
    assert not any(one.unpublished or one.declared for one in found.packages)
    assert found.packages[1].purl == "pkg:golang/golang.org/x/text@v0.3.7"


def test_each_module_carries_its_functions():
    """Those of the longest module path that fits; package main by its import path."""
    names = (
        "golang.org/x/text/language.Parse",
        "golang.org/x/text/language.(*T).M.func1",
        "example.org/m/lib.F",
        "net/http.Get",
        "example.org/mine.G",
    )
    found = _extract(go_elf("go1.22.0", *_MAIN, _TEXT, functions=names))

    linked = {one.name: one.linked for one in found.packages}
    assert linked["golang.org/x/text"].packages == ("golang.org/x/text/language",)
    assert linked["golang.org/x/text"].symbols == b"".join(
        sorted(symbol_hash("golang.org/x/text/language", one) for one in ("Parse", "T.M"))
    )
    assert linked["example.org/m"].packages == ("example.org/m/cmd/t", "example.org/m/lib")
    assert linked["stdlib"].packages == ("net/http", "runtime")
    assert (linked["stdlib"].system, linked["stdlib"].arch) == ("linux", "amd64")


def test_a_replaced_module_is_its_replacement():
    """Its functions are named as the replacement's advisories name them; a folder has no version."""
    found = _extract(
        go_elf(
            "go1.22.0",
            *_MAIN,
            "dep golang.org/x/xerrors v0.0.0-1 ",
            "=> github.com/golang/xerrors v0.0.0-2 h1:a=",
            "dep example.org/near v0.1.0",
            "=> ../near (devel)",
            "dep example.org/far v0.1.0",
            "=> ../far ",
            functions=("golang.org/x/xerrors/internal.F",),
        )
    )

    by_name = {one.name: one for one in found.packages}
    assert by_name["github.com/golang/xerrors"].version == "v0.0.0-2"
    assert by_name["github.com/golang/xerrors"].linked.packages == (
        "github.com/golang/xerrors/internal",
    )
    assert "golang.org/x/xerrors" not in by_name
    assert by_name["example.org/far"].unpublished


@pytest.mark.parametrize(
    ("version", "unpublished"),
    [
        ("(devel)", True),
        ("v0.0.0-20240102030405-0123456789ab", True),
        ("v0.0.0-20240102030405-0123456789ab+dirty", True),
        ("v1.4.1-0.20240102030405-0123456789ab+dirty", False),
        ("v1.2.3+dirty", False),
    ],
)
def test_a_main_module_without_a_tag_is_unpublished(version, unpublished):
    """A version that Go made up compares with no release."""
    found = _extract(go_elf("go1.24.0", "path example.org/m", f"mod example.org/m {version} "))

    assert found.packages[0].version == version
    assert found.packages[0].unpublished is unpublished


def test_the_go_distribution_is_its_toolchain():
    """Flaws of the go command are the toolchain's, in the Go database's words."""
    found = _extract(go_elf("go1.21.5", "path cmd/go", functions=("cmd/go/internal/work.F",)))

    assert _rows(found) == [("stdlib", "1.21.5"), ("toolchain", "1.21.5")]


def test_a_toolchain_between_releases_is_listed_and_said():
    """Its standard library has no version to compare."""
    found = _extract(go_elf("devel go1.22-5d4b5b5 Tue Nov 7", *_MAIN))

    assert found.packages[1].name == "stdlib"
    assert found.packages[1].unpublished
    assert "cannot be matched" in found.unknowns[0].reason


def test_a_program_without_recorded_modules_is_said():
    """Its packages are named; only those of the standard library have a version."""
    names = ("github.com/pkg/errors.New", "net/http.Get")

    found = _extract(go_elf("go1.19.8", "path example.org/t", functions=names))

    assert _rows(found) == [("stdlib", "1.19.8")]
    assert "does not record its modules: 2 packages" in found.unknowns[0].reason
    assert "github.com/pkg/errors" in found.unknowns[0].reason


def test_a_program_of_the_standard_library_alone_has_nothing_unknown():
    """No modules were needed, so none are missing."""
    assert _extract(go_elf("go1.15.8", functions=("net/http.Get",))).unknowns == ()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (elf_of({"a": b"x"}, sectioned=False, extra=b"UPX!" + bytes(60)), "UPX"),
        (elf_of({".gopclntab": function_table(("main.main",))}), "without build information"),
        (elf_of({".go.buildinfo": inline_info("unknown")}), "taken out"),
    ],
    ids=["packed", "older than 1.13", "obfuscated"],
)
def test_what_hides_its_modules_is_said(content, word):
    """Nothing found is never nothing there."""
    found = _extract(content)

    assert found.packages == ()
    assert [word in one.reason for one in found.unknowns] == [True]


@pytest.mark.parametrize(
    "names",
    [("a.B",), ("main.main", "x.Y"), ("runtime.main",)],
)
def test_a_table_without_what_every_program_has_is_not_believed(names):
    """Renamed functions are not absent ones."""
    sections = {
        ".go.buildinfo": inline_info("go1.22.0", module_text(*_MAIN, _TEXT)),
        ".gopclntab": function_table(names),
    }

    assert all(one.linked is None for one in _extract(elf_of(sections)).packages)


def test_a_damaged_table_costs_reachability_only():
    """The modules stand; that nothing is known of functions is said."""
    sections = {
        ".go.buildinfo": inline_info("go1.22.0", module_text(*_MAIN)),
        ".gopclntab": b"\xf9\xff\xff\xff" + bytes(80),
    }
    found = _extract(elf_of(sections))

    assert [one.linked for one in found.packages] == [None, None]
    assert "table" in found.unknowns[0].reason


def test_impossible_names_are_left_out_and_said():
    """They come from the image, and go to terminals."""
    found = _extract(go_elf("go1.22.0", *_MAIN, "dep evil\x1b[2J v1.0.0 "))

    assert len(found.packages) == 2
    assert "impossible" in found.unknowns[0].reason


def test_other_programs_are_nothing():
    """Neither packages nor Unknowns."""
    assert _extract(elf_of({".text": b"x"})) == _extract(b"MZ is a text")


_GOOD = go_elf("go1.22.0", *_MAIN, _TEXT, functions=("net/http.Get",))


@given(st.lists(st.tuples(st.integers(0x4000, 0x8200), st.integers(0, 255)), max_size=8))
def test_mutations_raise_nothing_else(changes):
    """Only FormatError; and the number of packages stays bounded by the text."""
    content = bytearray(_GOOD)
    for at, value in changes:
        content[at] = value
    try:
        found = _extract(bytes(content))
    except FormatError:
        return
    assert len(found.packages) <= 8
