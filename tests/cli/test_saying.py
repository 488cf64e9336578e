"""An error is one line, and below it what to do."""

import pytest

from pratique.cli.saying import say


@pytest.mark.parametrize(
    ("message", "hint", "said"),
    [
        ("no such image", "check the name", "pratique: error: no such image\n  hint: check the name\n"),
        ("interrupted", "", "pratique: error: interrupted\n"),
        ("no \x1b[31mimage\nx", "y\rz", "pratique: error: no �[31mimage x\n  hint: y z\n"),
    ],
)  # fmt: skip
def test_an_error_is_said_on_standard_error_alone(
    capsys: pytest.CaptureFixture[str], message: str, hint: str, said: str
) -> None:
    """Names in it may come from an image: nothing of them moves the cursor or makes a line."""
    say(message, hint)

    assert capsys.readouterr() == ("", said)
