"""Laws: references and placeholders are told by their form; a mask shows little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.secrets.values import entropy, is_monotonous, is_placeholder, masked, turns
from tests.secrets.noise import noise


@pytest.mark.parametrize(
    "value",
    [
        "changeme", "your-token-here", "<password>", "${DB}", "$DB_PASSWORD", "{{ .Values.x }}", "%(password)s", "xxxxxxxx",
        "AKIAEXAMPLE0", "ENC(abcd)", "1234567890", "aaaaaaaaaaaa", "password", "[REDACTED]", "{password}", "__TOKEN__",
        "password]", "%{string:Tmp-String-0}", "@PassArguments", "conf.dbmsPassword", "sha512", "x-oauth-basic", "$PWD/vars",
    ],
)  # fmt: skip
def test_placeholders(value):
    assert is_placeholder(value.encode())


@pytest.mark.parametrize("size", range(0, 60))
def test_a_mask_shows_no_more_than_a_quarter_and_four(size):
    value = noise(60)[:size]
    shown = masked(value.encode()).partition("…")[0]
    assert len(shown) <= min(4, size / 4)
    assert value.startswith(shown)
    assert size >= 12 or not shown


@pytest.mark.parametrize("value", [noise(n, n) for n in range(8, 64)])
def test_noise_is_no_placeholder_and_takes_turns(value):
    assert not is_placeholder(value.encode())
    assert turns(value.encode()) > 0.3


@given(st.binary(max_size=600))
def test_any_value_is_judged(value):
    assert 0 <= entropy(value) <= 8
    assert 0 <= turns(value) <= 1
    assert is_placeholder(value) >= is_monotonous(value[:512])
