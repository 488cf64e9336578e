"""A header goes to its origin and nowhere else, and is never shown."""

import pytest

from pratique.model.errors import UsageError
from pratique.outputs.headers import VARIABLE, headers_for

LINES = """
# the webhook
https://a.example Authorization: Bearer one
https://a.example:8443 X-Key: two
http://a.example X-Key: three
"""


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://a.example/x", {"authorization": "Bearer one"}),
        ("https://A.example:443/", {"authorization": "Bearer one"}),
        ("https://a.example:8443/", {"x-key": "two"}),
        ("http://a.example/", {"x-key": "three"}),
        ("https://b.a.example/", {}),
    ],
)
def test_origins(url, wanted) -> None:
    """Scheme, host and port decide."""
    assert headers_for(url, {VARIABLE: LINES}) == wanted


def test_a_file(tmp_path) -> None:
    """Orchestrators hand secrets over as files."""
    (tmp_path / "h").write_text("https://a.example X: 1\n")

    assert headers_for("https://a.example", {VARIABLE: f"@{tmp_path}/h"}) == {"x": "1"}


@pytest.mark.parametrize(
    "line", ["hunter2", "https://a hunter2", "a.example X: hunter2", "https://a X\x00: hunter2"]
)
def test_mistakes(line) -> None:
    """The line is named, its value is not."""
    with pytest.raises(UsageError) as caught:
        headers_for("https://a", {VARIABLE: f"\n{line}"})

    assert "line 2" in str(caught.value)
    assert "hunter2" not in str(caught.value) + caught.value.hint()


def test_files_that_cannot_be_read(tmp_path) -> None:
    """An absent or endless one is a mistake."""
    (tmp_path / "long").write_bytes(b"#" * 100_000)
    for name in ("none", "long"):
        with pytest.raises(UsageError):
            headers_for("https://a", {VARIABLE: f"@{tmp_path}/{name}"})
