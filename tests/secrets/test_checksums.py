"""Law: what was made with a checksum has it, and one wrong character is noticed."""

import base64
import re
import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.secrets import checksums
from pratique.secrets.checksums import (
    aws_account,
    base58check,
    base58check_made,
    bech32,
    bech32_made,
    decoded_secret,
    discord_bot,
    github_checksum,
    github_made,
    jwt,
    kubernetes_token,
    mixed,
    private_key_inside,
    registry_logins,
    stellar_made,
    stellar_seed,
    unlike_words,
    user_and_password,
    wallet_key,
)  # fmt: skip

PAIRS = [
    (github_checksum, github_made("ghp_"), "0123456789abcdefABCDEF"),
    (
        base58check,
        base58check_made(lambda random: b"\x80" + random.randbytes(32)),
        "123456789abcdef",
    ),
    (bech32, bech32_made("nsec"), "qpzry9x8gf2tvdw0"),
    (bech32, bech32_made("AGE-SECRET-KEY-"), "QPZRY9X8GF2TVDW0"),
    (stellar_seed, stellar_made, "ABCDEFGHIJ234567"),
]
ASKED = [
    value
    for name, value in vars(checksums).items()
    if not name.startswith("_")
    and getattr(value, "__annotations__", {}) == {"value": bytes, "return": bool}
]


@pytest.mark.parametrize(("holds", "make", "letters"), PAIRS)
@given(seed=st.integers(0, 2**32))
def test_a_checksum_holds_until_a_character_changes(holds, make, letters, seed):
    value = make(Random(seed))
    place = Random(seed).randrange(len(value) // 2, len(value))
    other = next(letter for letter in letters if letter != value[place])
    assert holds(value.encode())
    assert not holds((value[:place] + other + value[place + 1 :]).encode())


@pytest.mark.parametrize("asked", ASKED)
@given(
    value=st.one_of(
        st.binary(max_size=80), st.text("ABCabc123+/=_-.:|%", max_size=80).map(str.encode)
    )
)
def test_nothing_is_raised_whatever_the_value(asked, value):
    assert asked(value) in (True, False)


def test_an_account_is_read_from_a_key_id():
    """The number below is the one that a published example of the encoding names."""
    number = 29_608_264_753
    body = base64.b32encode((((1 << 47) | number << 7).to_bytes(6, "big")) + b"\x01\x02\x03\x04")
    assert aws_account(b"AKIA" + body)
    assert not aws_account(b"AKIA" + b"7" * 16)
    assert aws_account(b"AKIAJ" + b"7" * 15)


def test_bech32_knows_the_example_of_its_standard():
    """BIP 173: a valid string, and one whose checksum is wrong."""
    assert bech32(b"A12UEL5L")
    assert not bech32(b"A12UEL5K")


def test_a_token_is_told_by_its_header():
    def part(text):
        return base64.urlsafe_b64encode(text).rstrip(b"=")

    token = part(b'{"alg":"HS256"}') + b"." + part(b'{"iss":"kubernetes/serviceaccount"}') + b".x"
    assert jwt(token)
    assert kubernetes_token(token)
    assert not kubernetes_token(part(b'{"alg":"HS256"}') + b"." + part(b'{"iss":"me"}') + b".x")
    assert not jwt(b"eyeOfTheStorm.eyes.x")


@pytest.mark.parametrize(
    ("holds", "yes", "no"),
    [
        (user_and_password, b"ci:Zq8wTr5y", b"no colon here"),
        (registry_logins, b'{"auths": {"r": {"auth": "x"}}}', b'{"auths": {}}'),
        (decoded_secret, b"3tJ2gGcLF", b"-----BEGIN CERTIFICATE-----"),
        (private_key_inside, b"-----BEGIN RSA PRIVATE KEY-----\n", b"-----BEGIN PUBLIC KEY-----\n"),
    ],
)
def test_base64_is_looked_into(holds, yes, no):
    assert holds(base64.b64encode(yes))
    assert not holds(base64.b64encode(no))


def test_a_key_behind_a_passphrase_is_told_apart():
    assert not private_key_inside(base64.b64encode(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))


def test_small_numbers_are_no_keys_of_wallets():
    """Vectors of tests count from one; the compressed form has a byte more at its end."""

    def written(key, end):
        return base58check_made(lambda _: b"\x80" + key.to_bytes(32, "big") + end)(Random(1))

    for end in (b"", b"\x01"):
        assert not wallet_key(written(1, end).encode())
        assert not wallet_key(written((1 << 64) - 1, end).encode())
        assert wallet_key(written(1 << 64, end).encode())
        assert wallet_key(written((1 << 255) + 5, end).encode())


@given(st.text(string.ascii_letters + string.digits, min_size=24, max_size=24))
def test_noise_is_not_put_together_of_words(value):
    """What is refused is mostly words: three fifths of it."""
    worded = sum(map(len, re.findall("[A-Z]?[a-z]{2,}", value)))
    assert unlike_words(value.encode()) or not mixed(value.encode()) or worded * 5 >= 24 * 3


def test_names_of_fields_are_words():
    for name in (
        b"Ipv6CidrBlockAssociation",
        b"S3BucketTranscriptSource",
        b"Scte35TimeSignalSettings",
    ):
        assert not unlike_words(name)
    random = Random(7)
    noise = (
        "".join(random.choices(string.ascii_letters + string.digits, k=24)) for _ in range(5000)
    )
    kept = [value for value in noise if mixed(value.encode())]
    assert sum(unlike_words(value.encode()) for value in kept) > 0.99 * len(kept)


def test_words_are_not_mixed():
    assert not mixed(b"s.thisStringIsLettersOnly")
    assert mixed(b"s.4yH2kPqLz8")


def test_a_bot_token_starts_with_a_number():
    assert discord_bot(base64.b64encode(b"123456789012345678") + b".a.b")
    assert not discord_bot(b"Mabcdefghijklmnopqrstuvw.a.b")
