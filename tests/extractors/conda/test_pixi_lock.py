"""List what pixi.lock locks."""

import pytest
from hypothesis import given, settings

from pratique.extractors.conda import pixi_lock
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_packages_of_python_and_older_entries() -> None:
    """Version 5 says the kind, version 3 the manager."""
    text = """
version: 6
environments:
  default:
    packages:
      linux-64:
      - pypi: https://x/b-2-py3-none-any.whl
packages:
- pypi: https://x/b-2-py3-none-any.whl
  requires_dist: ["c>=1", "d ; extra == 'x'"]
- kind: conda
  name: a
  version: '1'
  subdir: linux-64
  url: https://conda.anaconda.org/x/linux-64/a-1-0.conda
- pypi: ./local
  name: local
"""

    found = pixi_lock.extract_file(layer_file("pixi.lock", text))

    assert [(str(one.type), one.name, one.version, one.scope) for one in found.packages] == [
        ("conda", "a", "1", Scope.OPTIONAL),
        ("pypi", "b", "2", Scope.RUNTIME),
    ]


def test_yaml_of_another_kind_is_refused() -> None:
    """A lock has a list of packages."""
    with pytest.raises(FormatError, match="no list of packages"):
        pixi_lock.extract_file(layer_file("pixi.lock", "a: 1\n"))


@settings(max_examples=40)
@given(damaged_files("pixi_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(pixi_lock, files)
