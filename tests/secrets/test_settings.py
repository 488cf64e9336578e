"""Law: in a setting, a name that promises a secret makes a plain value one, unless it cannot be."""

import pytest

from pratique.secrets.settings import assigned_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("PASSWORD=" + "tiger", ["tiger"]),
        (
            "a PASSWORD='" + "tiger' B_TOKEN=" + "abcd-1234-efgh-5678",
            ["tiger", "abcd-1234-efgh-5678"],
        ),
        ("PASSWORD=" + "abc", []),
        ("PASSWORD=12", []),
        ("PASSWORD=true", []),
        ('PASSWORD="two words"', []),
        ("PASSWORD=/run/secret", []),
        ("TOKEN=" + "abcdefghijklmnopqr", []),
        ("USER=tiger", []),
    ],
)
def test_settings(text, values):
    assert [value.decode() for _, value, _ in assigned_in(text.encode())] == values
