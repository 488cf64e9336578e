"""List what setup.py pins literally."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import setup_py
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def _pins(text: str) -> list[tuple[str, str]]:
    found = setup_py.extract_file(layer_file("srv/setup.py", text))
    assert found.unknowns == ()
    return [(one.name, one.version) for one in found.packages]


def test_only_literals_are_pins() -> None:
    """What is put together, compared or commented is none."""
    text = """
# 'a==1'
x = 'b==%s' % v, f"c=={v}", "d==" + v, "e==2.0", 'f[x] == 3 ; python_version < "3"'
if sys.argv == ['g']: pass
extras = {':python_version=="2.6"': []}
"""

    assert _pins(text) == [("e", "2.0"), ("f", "3")]


def test_a_long_string_is_read_line_by_line() -> None:
    """Setuptools takes requirements as one text too."""
    assert _pins('setup(install_requires="""\n  a==1\n  b>=2\n""")') == [("a", "1")]


def test_strings_that_do_not_end_cost_nothing() -> None:
    """Each character is looked at once."""
    assert _pins("'" * 200_001) == []
    assert _pins('"""' + "x" * 200_000) == []


def test_a_file_that_is_no_text_is_refused() -> None:
    """Zero bytes stand in no program text."""
    with pytest.raises(FormatError, match="not a text file"):
        _pins("\0")


@settings(max_examples=40)
@given(damaged_files("setup_py"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(setup_py, files)
