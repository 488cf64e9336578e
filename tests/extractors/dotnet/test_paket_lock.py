"""List the packages that Paket locked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.dotnet import paket_lock
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file

LOCK = """\
STORAGE: NONE
RESTRICTION: == net6.0
NUGET
  remote: https://api.nuget.org/v3/index.json
    Argu (6.1.1)
      FSharp.Core (>= 4.3.2)
    FSharp.Core (6.0.7) - content: none
GITHUB
  remote: fsprojects/FSharp.TypeProviders.SDK
    src/ProvidedTypes.fs (abcdef)
GROUP Test
NUGET
  remote: https://api.nuget.org/v3/index.json
    fsharp.core (6.0.7)
    Broken
"""


def _extract(content: str, path: str = "paket.lock") -> Extraction:
    return paket_lock.extract_file(layer_file(path, content))


def test_groups_are_read_together_and_files_are_none() -> None:
    """Names ignore case; a line without a version is told."""
    found = _extract(LOCK)

    assert [(one.name, one.version, one.depends) for one in found.packages] == [
        ("Argu", "6.1.1", ("FSharp.Core",)),
        ("FSharp.Core", "6.0.7", ()),
    ]
    assert len(found.unknowns) == 1


def test_an_unresolved_merge_is_refused() -> None:
    """Which side holds is not known."""
    with pytest.raises(FormatError, match="merge"):
        _extract(f"<<<<<<< HEAD\n{LOCK}")


def test_the_lock_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(LOCK, "a/node_modules/b/paket.lock") == Extraction()


@given(
    st.lists(
        st.sampled_from(["NUGET", "    A (1)", "      B (>= 1)", "    (", "", "GROUP X", "  x"])
    )
)
def test_any_lines_are_read(lines: list[str]) -> None:
    """Never an error."""
    _extract("\n".join(lines))
