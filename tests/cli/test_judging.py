"""What commands that judge have in common is said once, and reaches each of them whole."""

import click
import pytest

from pratique.cli import assess, gate, scan
from pratique.cli.judging import Judging


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (scan.command, scan.Arguments.__struct_fields__),
        (gate.command, gate.Arguments.__struct_fields__),
        (assess.command, assess.Arguments.__struct_fields__),
    ],
)
def test_every_option_has_a_field_and_every_field_an_option(
    command: click.Command, fields: tuple[str, ...]
) -> None:
    """Nothing that is typed is lost on the way, and nothing is read that nobody can type."""
    typed = {one.name for one in command.params} - {"help"}

    assert typed == set(fields)
    assert typed >= set(Judging.__struct_fields__)


def test_what_is_typed_decides_what_the_table_lists() -> None:
    """The terminal says how wide, the options how much."""
    unset = dict.fromkeys(Judging.__struct_fields__)
    given = {"full": True, "show_suppressed": False}
    style = Judging(**{**unset, **given}).style()  # type: ignore[arg-type]

    assert (style.full, style.show_suppressed) == (True, False)
