"""
Judge values: how random they look, and whether they stand for one that is elsewhere.

Laws: a *reference* names where the value comes from (a variable, a template, a store, an encrypted
form); a *placeholder* asks to be replaced. Neither is a secret. Both are told by their form, not by
where they stand.
"""

import math
import re
from collections import Counter
from itertools import pairwise

_REFERENCE = re.compile(
    rb"""\$\{|\$\(|\{\{|<%|%\(|%\{|\#\{|\[\[|        # templates
    ^\$\$?[A-Za-z_]\w*$|^\$[A-Z][A-Z0-9_]*/|^\\?@[A-Za-z_]{3,}$|^%\w+%$|^@[\w.-]+@$|^__\w+__$|^<[^>]*>?$|^\[[^\]]*\]?$|^\{[A-Za-z_.:$-]*\d{0,2}\}?$|^\{[A-Za-z][\w.:$-]*\}$|
    ^ENC[(\[]|^\$ANSIBLE_VAULT|^(?:vault|secret|ssm|sops|op|awssm|gcpsm|azurekv|keyvault|env|file|ref)[:+]|
    ^!(?:vault|secret|env)|^(?:env|getenv|ENV|config|var|local|data|secrets|vars|params|self|this|process|os)[.(\[]|
    ^arn:aws|^kms:|^enc:|^encrypted:|\bsecrets?\.[A-Za-z_]|^[A-Za-z_]\w*\.(?:\w+\.)*[a-z_]*(?:[Pp]ass|[Pp]wd|[Ss]ecret|[Tt]oken)\w*$|getenv|process\.env|os\.environ""",
    re.VERBOSE,
)
_WORDS = re.compile(
    rb"""example|sample|change[-_. ]?(?:me|this|it)|(?:^|[-_. <\[{(/])your?s?[-_. ]|place[-_. ]?holder|
    redacted|replace[-_. ]?(?:me|this|with)|insert[-_. ]|to[-_. ]?do|x{5,}|\*{3,}|\.{3,}|
    (?:my|some|the|a|an|any|new|super|top|very|not[-_]?a)[-_]?(?:secret|password|passwd|token|api[-_]?key|key)(?![a-z0-9]{6})|
    foo[-_. ]?bar|lorem|(?:^|[-_])here$|hidden|<[a-z _-]+>|not[-_]?(?:a|real|set|used|needed)|undefined|
    deadbeef|correct[-_ ]?horse|hunter2{2,}|generate[-_]|none$|null$|secret[-_]?here|goes[-_]?here|
    ^(?:test|testing|mock|stub|default|invalid|demo|sample|random|abc|foo|bar|baz|qux)[-_]?\w{0,12}$""",
    re.VERBOSE | re.IGNORECASE,
)
_WEAK = frozenset(
    b"password passwd pass pwd passphrase secret token key apikey api_key user username admin root "
    b"guest test true false yes no null none nil undefined string text value required optional "
    b"pw p4ss p@ss passw0rd p@ssw0rd p@ssword mypass mypassword secret123 password1 password123 "
    b"pass123 pass1234 test123 test1234 admin123 changeit s3cret s3cr3t mysecret postgres mysql "
    b"localhost host name login enabled disabled empty blank auto default credential credentials "
    b"abc123 qwerty letmein 123456 1234567 12345678 123456789 1234567890 asdf asdfasdf "
    b"x-oauth-basic md4 md5 sha1 sha224 sha256 sha384 sha512 ssha crypt bcrypt crypt3 scrypt pbkdf2 argon2 "
    b"argon2i argon2d argon2id blowfish md5-crypt sha256-crypt sha512-crypt whatever".split()
)
_UUID = re.compile(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(rb"(?:0x)?[0-9a-f]+|(?:0x)?[0-9A-F]+")
_RUN = re.compile(rb"(.)\1{7,}", re.DOTALL)
_SHOWN = 4
_SEQUENCE = 8
_LOOKED_AT = 512


def entropy(value: bytes) -> float:
    """
    Return Shannon's entropy of a value in bits per byte.

    >>> entropy(b"aaaa"), entropy(b"abab"), entropy(b"abcd")
    (0.0, 1.0, 2.0)
    """
    size = len(value)
    if not size:
        return 0.0
    return abs(sum(n / size * math.log2(size / n) for n in Counter(value).values()))


def is_reference(value: bytes) -> bool:
    """
    Return whether a value says where the real one comes from.

    >>> is_reference(b"${TOKEN}"), is_reference(b"<your-token>"), is_reference(b"Pa$$w0rd")
    (True, True, False)
    """
    return _REFERENCE.search(value[:_LOOKED_AT]) is not None


def is_placeholder(value: bytes) -> bool:
    """
    Return whether a value asks to be replaced, or is a reference.

    >>> is_placeholder(b"changeme-in-production"), is_placeholder(b"xxxxxxxxxxxx"), is_placeholder(b"0PNznJOrPyt")
    (True, True, False)
    """
    head = value[:_LOOKED_AT]
    lowered = head.lower()
    return (
        is_reference(head)
        or lowered.strip(b"\"' !.[](){}") in _WEAK
        or _WORDS.search(head) is not None
        or is_monotonous(head)
    )


def is_monotonous(value: bytes) -> bool:
    """
    Return whether a value is filled up: one byte over and over, or the alphabet in order.

    >>> is_monotonous(b"AAAAAAAAAAAA"), is_monotonous(b"0123456789abcdef"), is_monotonous(b"q8Zt")
    (True, True, False)
    """
    if len(set(value)) <= (2 if len(value) >= 6 else 1):
        return True
    run = _RUN.search(value)
    if run is not None and (run.end() - run.start()) * 4 >= len(value):
        return True
    return _longest_sequence(value) * 2 >= max(len(value), 2 * _SEQUENCE)


def _longest_sequence(value: bytes) -> int:
    """Return how long the longest run of bytes is that each follow the one before."""
    longest = here = 1
    for before, after in pairwise(value):
        here = here + 1 if after == before + 1 or (before, after) == (0x39, 0x30) else 1
        longest = max(longest, here)
    return longest


def is_uuid(value: bytes) -> bool:
    """Return whether a value is a UUID."""
    return _UUID.fullmatch(value) is not None


def is_hex(value: bytes) -> bool:
    """Return whether a value consists of hexadecimal digits of one case."""
    return _HEX.fullmatch(value) is not None


def turns(value: bytes) -> float:
    """
    Return how often letters, capitals and digits take turns, per byte: names have few, noise many.

    >>> round(turns(b"ultraPictureBox1"), 2), round(turns(b"zZHhN8vzLw5n6l7T"), 2)
    (0.2, 0.73)
    """
    kinds = [_kind(code) for code in value]
    count = sum(
        1
        for before, after in pairwise(kinds)
        if before != after and before and after and not (before == 2 and after == 1)
    )
    return count / max(1, len(value) - 1)


def _kind(code: int) -> int:
    if 0x61 <= code <= 0x7A:
        return 1
    if 0x41 <= code <= 0x5A:
        return 2
    return 3 if 0x30 <= code <= 0x39 else 0


def masked(value: bytes) -> str:
    """
    Return what of a value may be shown: at most its first four characters and a quarter of it.

    >>> masked(b"ghp_" + b"a" * 36), masked(b"hunter2")
    ('ghp_… (40 characters)', '… (7 characters)')
    """
    count = min(_SHOWN, len(value) // 4) if len(value) >= 12 else 0
    head = "".join(chr(c) if 0x21 <= c <= 0x7E else "." for c in value[:count])
    return f"{head}… ({len(value)} characters)"
