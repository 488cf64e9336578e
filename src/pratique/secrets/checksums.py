"""
Ask a value whether it can be what its shape says: checksums and inner structure.

Every function takes the value as it stands in the file and never raises.

Sources: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/ (CRC32 in
base 62; npm's are made alike), https://docs.aws.amazon.com/IAM/latest/UserGuide/ (account number in
the key id), RFC 7515 and 7519 (JWT), https://en.bitcoin.it/wiki/Base58Check_encoding,
https://stellar.org/protocol/sep-23 (CRC16 of a Stellar key), BIP 173 (bech32).
"""

import base64
import binascii
import hashlib
import re
import string
from collections.abc import Callable
from random import Random
from zlib import crc32

from pratique.secrets.values import is_placeholder, turns

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_SUM_LETTERS = 6
_MIXED = re.compile(rb"(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])", re.S)
_CAMEL = re.compile(rb"[A-Z]?[a-z]{2,}")
_TURNS_OF_NAMES = 0.2
_TURNS_OF_WORDS = 0.22
_EXPRESSION = re.compile(rb"[A-Za-z_]\w*(?:[.\[]['\"\w]+\]?)*[),]+|@[A-Z_]+@?")
_HEXADECIMAL = re.compile(rb"[0-9a-f]{20,}")
_LOGIN = re.compile(rb"[a-z+]{3,16}://[^\s:/@]{0,60}:([^\s/@]{3,100})@")
_JOSE = (b'"alg"', b'"typ"', b'"kid"', b'"enc"', b'"x5t"', b'"jku"', b'"cty"')


def github_checksum(value: bytes) -> bool:
    """
    Whether the last six characters are the CRC32, in base 62, of what stands behind the prefix.

    >>> github_checksum(github_made("ghp_")(Random(1)).encode())
    True
    >>> github_checksum(b"ghp_" + b"a" * 36)
    False
    """
    body = value.rpartition(b"_")[2]
    return _base62(crc32(body[:-_SUM_LETTERS])).encode() == body[-_SUM_LETTERS:]


def github_made(prefix: str) -> Callable[[Random], str]:
    """Return the maker of a token with a right checksum, for samples."""

    def make(random: Random) -> str:
        body = "".join(random.choice(_BASE62) for _ in range(30))
        return prefix + body + _base62(crc32(body.encode()))

    return make


def _base62(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits.rjust(_SUM_LETTERS, "0")


def aws_account(value: bytes) -> bool:
    """
    Whether a key id can hold an account number of twelve digits.

    Ids made since 2019 carry it in base 32 behind the prefix; older ones start with I or J there
    and carry none. A number above 10^12 can be no account.

    >>> aws_account(b"AKIA" + b"R" * 16), aws_account(b"AKIA" + b"7" * 16)
    (True, False)
    """
    body = value[4:]
    if body[:1] in b"IJ":
        return True
    try:
        number = int.from_bytes(base64.b32decode(body)[:6], "big")
    except (binascii.Error, ValueError):
        return False
    return (number & 0x7FFFFFFFFF80) >> 7 < 10**12


def mixed(value: bytes) -> bool:
    """
    Whether there are capitals, small letters and digits, as in nearly every random text.

    >>> mixed(b"s.0aB"), mixed(b"onlySmallAndCapital")
    (True, False)
    """
    return _MIXED.match(value) is not None


def unlike_words(value: bytes) -> bool:
    """
    Whether a value is ``mixed`` and not put together of words, as names of fields and functions are.

    >>> unlike_words(b"s.ReadUint24LengthPrefixed"), unlike_words(b"s.a9Kd0PqR7mZ2xW5vB1nL3tYu")
    (False, True)
    """
    worded = sum(map(len, _CAMEL.findall(value)))
    return mixed(value) and (worded * 5 < len(value) * 3 or turns(value) > _TURNS_OF_WORDS)


def unlike_a_name(value: bytes) -> bool:
    """
    Whether a value is no name of a program: it has a digit, or its letters change case at random.

    >>> unlike_a_name(b"ClientKeyOfProduction"), unlike_a_name(b"xKqWmZbRtYpLaSdFgHjQ")
    (False, True)
    """
    return any(0x30 <= code <= 0x39 for code in value) or turns(value) > _TURNS_OF_NAMES


def noisy(value: bytes) -> bool:
    """
    Whether a value was made by a machine: ``mixed``, or many hexadecimal digits.

    >>> noisy(b"oauth2_client_secret"), noisy(b"6da89121079f83b2eb6a")
    (False, True)
    """
    return mixed(value) or _HEXADECIMAL.fullmatch(value) is not None


def jwt(value: bytes) -> bool:
    """
    Whether the first part of a JSON web token is a JOSE header.

    The header is not parsed: what a test suite damaged on purpose was still written as a token.

    >>> header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=")
    >>> jwt(header + b".e30."), jwt(b"eyeOfTheStorm.eyes.x")
    (True, False)
    """
    header = decoded(value.partition(b".")[0])
    return header.startswith(b"{") and any(word in header for word in _JOSE)


def kubernetes_token(value: bytes) -> bool:
    """Whether a JSON web token was issued to a Kubernetes service account."""
    parts = value.split(b".")
    return jwt(value) and b"kubernetes" in decoded(parts[1] if len(parts) > 1 else b"")


def user_and_password(value: bytes) -> bool:
    """
    Whether base64 text is a name and a password with a colon between, no example of them.

    >>> user_and_password(base64.b64encode(b"ci:Zq8wTr5y")), user_and_password(b"YWJj")
    (True, False)
    """
    name, colon, password = decoded(value).partition(b":")
    return bool(name and colon and password) and name.isascii() and not is_placeholder(password)


def registry_logins(value: bytes) -> bool:
    """Whether base64 text is JSON with logins of registries, as Docker keeps them."""
    inside = decoded(value)
    return b'"auth"' in inside or b'"password"' in inside


def url_with_password(value: bytes) -> bool:
    """
    Whether base64 text is a URL with a user and a password that is no placeholder.

    >>> url_with_password(base64.b64encode(b"redis://app:" + b"Zq8wTr5y@db"))
    True
    """
    found = _LOGIN.match(decoded(value))
    return found is not None and not is_placeholder(found[1])


def decoded_secret(value: bytes) -> bool:
    """
    Whether base64 text of a Kubernetes Secret hides something: no certificate, nothing empty.

    >>> decoded_secret(base64.b64encode(b"3tJ2gGcLFpCJyH9")), decoded_secret(b"LS0tLS1CRUdJTiBDRVJUSUZJ")
    (True, False)
    """
    inside = decoded(value)
    return len(inside) >= 6 and not inside.startswith((b"-----BEGIN CERT", b"-----BEGIN PUBLIC"))


def discord_bot(value: bytes) -> bool:
    """Whether the first part of a bot token is a user's number in base64."""
    return decoded(value.partition(b".")[0]).isdigit()


def private_key_inside(value: bytes) -> bool:
    """Whether base64 text is a PEM private key that is not locked by a passphrase."""
    start = decoded(value[:400])
    return b"PRIVATE KEY-----" in start[:64] and b"ENCRYPTED" not in start[:128]


def base58check(value: bytes) -> bool:
    """
    Whether the last four bytes of base 58 text are the double SHA-256 of the bytes before.

    Serves Bitcoin's private keys in import format (WIF) and extended private keys.
    """
    number = 0
    for letter in value.decode("latin-1"):
        digit = _BASE58.find(letter)
        if digit < 0:
            return False
        number = number * 58 + digit
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return len(data) > 4 and _double(data[:-4])[:4] == data[-4:]


def wallet_key(value: bytes) -> bool:
    """
    Whether a private key in import format is right and no small number: those of test vectors.

    Keys of up to 64 bits are spent from by whoever tries them in turn.
    """
    if not base58check(value):
        return False
    number = 0
    for letter in value.decode("latin-1"):
        number = number * 58 + _BASE58.find(letter)
    # Behind the version: 32 bytes, one that says "compressed" perhaps, and four of the checksum.
    behind = 32 + 8 * (value[:1] in b"KLc")
    return (number >> behind) % (1 << 256) >> 64 != 0


def base58check_made(payload: Callable[[Random], bytes]) -> Callable[[Random], str]:
    """Return the maker of base 58 text with a right checksum, for samples."""

    def make(random: Random) -> str:
        data = payload(random)
        number, text = int.from_bytes(data + _double(data)[:4], "big"), ""
        while number:
            number, digit = divmod(number, 58)
            text = _BASE58[digit] + text
        return text

    return make


def _double(data: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


def stellar_seed(value: bytes) -> bool:
    """Whether base 32 text is a Stellar secret seed: version 144 and the CRC16 of the rest."""
    try:
        data = base64.b32decode(value)
    except (binascii.Error, ValueError):
        return False
    return data[:1] == b"\x90" and binascii.crc_hqx(data[:-2], 0).to_bytes(2, "little") == data[-2:]


def stellar_made(random: Random) -> str:
    """Return a Stellar secret seed with a right checksum, for samples."""
    data = b"\x90" + random.randbytes(32)
    return base64.b32encode(data + binascii.crc_hqx(data, 0).to_bytes(2, "little")).decode()


def bech32(value: bytes) -> bool:
    """
    Whether bech32 text has a right checksum (Nostr, age; BIP 173, without its limit of 90).

    >>> bech32(bech32_made("nsec")(Random(1)).encode())
    True
    """
    text = value.decode("latin-1").lower()
    head, one, body = text.rpartition("1")
    digits = [_BECH32.find(letter) for letter in body]
    return bool(one) and min(digits, default=-1) >= 0 and _polymod(_expand(head) + digits) == 1


def bech32_made(head: str) -> Callable[[Random], str]:
    """Return the maker of bech32 text of 32 bytes with a right checksum, for samples."""

    def make(random: Random) -> str:
        digits = [random.randrange(32) for _ in range(51)] + [16 * random.randrange(2)]
        rest = _polymod(_expand(head.lower()) + digits + [0] * 6) ^ 1
        digits += [(rest >> 5 * (5 - place)) & 31 for place in range(6)]
        text = head.lower() + "1" + "".join(_BECH32[digit] for digit in digits)
        return text.upper() if head.isupper() else text

    return make


def stands_alone(value: bytes) -> bool:
    """Whether a value is neither a name nor, in base64, a user and an example of a password."""
    name, colon, password = decoded(value).partition(b":")
    pair = colon and (name + password).isascii()
    return unlike_a_name(value) and not (pair and is_placeholder(password or name))


def no_expression(value: bytes) -> bool:
    """
    Whether a value is neither an argument of a call nor ``@NAME``.

    >>> no_expression(b"connection.password)"), no_expression(b"@DB_PASS@"), no_expression(b"s3cret)")
    (False, False, False)
    """
    return _EXPRESSION.fullmatch(value) is None


def not_letters_only(value: bytes) -> bool:
    """
    Whether a value has more than letters.

    >>> not_letters_only(b"password"), not_letters_only(b"passw0rd")
    (False, True)
    """
    return not value.isalpha()


def no_address(value: bytes) -> bool:
    """
    Whether a value is neither a host nor a path.

    >>> no_address(b"repo.test"), no_address(b"a/b"), no_address(b"hunter2")
    (False, False, True)
    """
    return b"." not in value and b"/" not in value


def _expand(head: str) -> list[int]:
    return [ord(letter) >> 5 for letter in head] + [0] + [ord(letter) & 31 for letter in head]


def _polymod(digits: list[int]) -> int:
    rest = 1
    for digit in digits:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ digit
        for place, generator in enumerate(_BECH32_GENERATOR):
            rest ^= generator if top >> place & 1 else 0
    return rest


def decoded(value: bytes) -> bytes:
    """
    Return what base64 text of either alphabet says, what does not fit left out.

    >>> decoded(b"Y2k6eA=="), decoded(b"*")
    (b'ci:x', b'')
    """
    clean = re.sub(rb"[^0-9A-Za-z+/]", b"", value.replace(b"-", b"+").replace(b"_", b"/"))
    return base64.b64decode(
        clean[: len(clean) // 4 * 4] if len(clean) % 4 == 1 else clean + b"=" * (-len(clean) % 4)
    )
