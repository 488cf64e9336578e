"""Keys that Go's decoder would take for ours are refused, others are not."""

import pytest

from pratique.formats.image.json_twins import refuse_twins
from pratique.model.errors import FormatError

KEYS = (frozenset({"layers", "config"}), {"layers": frozenset({"size"})})


@pytest.mark.parametrize(
    "text", [b'{"layers": null}', b'{"x": 1}', b'{"layers": [{"other": 1}], "": 0}']
)
def test_passes(text):
    """Unknown keys and null members pass."""
    refuse_twins(text, *KEYS)


@pytest.mark.parametrize(
    "text", [b'{"Layers": []}', b'{"layers": [{"SIZE": 1}]}', b'{"layers": {"Size": 1}}']
)
def test_refused(text):
    """A key that differs by case only is refused, at the top and below a member."""
    with pytest.raises(FormatError, match="can be read as"):
        refuse_twins(text, *KEYS)


@pytest.mark.parametrize("text", [b'{"\x80": 1}', b'{"layers": [{"\xff": 1}]}'])
def test_keys_that_are_no_text(text):
    """A key that is no UTF-8 is refused: Go would take it with the bytes replaced."""
    with pytest.raises(FormatError, match="not JSON"):
        refuse_twins(text, *KEYS)
