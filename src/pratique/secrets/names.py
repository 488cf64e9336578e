"""
Tell from a variable's name whether its value is a secret.

Law: the name is cut into words (``dbPassword``, ``DB_PASSWORD``, ``db.password``); one of them
names a secret, none behind it turns it into something else (``password_file``, ``token_url``), and none before it
makes it public (``public_key``, ``csrf_token``).
"""

import re
from enum import IntEnum
from functools import lru_cache


class Secrecy(IntEnum):
    """What a name promises."""

    NONE = 0
    TOKEN = 1
    """Made by a machine: it looks random."""
    PASSWORD = 2
    """Chosen by a person, perhaps: it need not look random."""


_WORD = re.compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PASSWORDS = (b"password", b"passwd", b"passphrase", b"passwort", b"pwd", b"passwrd")
_PASSWORD_WORDS = frozenset((*_PASSWORDS, b"pass", b"pw", b"psw", b"passcode"))
_TOKEN_ENDS = (b"secret", b"token", b"apikey", b"credential", b"credentials", b"creds")
_TOKEN_WORDS = frozenset(
    (*_TOKEN_ENDS, b"auth", b"authkey", b"secrets", b"tokens", b"pat", b"salt")
)
_KEY_ENDS = (b"key", b"keys")
_AFTER = frozenset(
    b"""id ids name names url uri urls endpoint host file files path paths dir folder location length len
    size count type types kind class alias aliases expiry expires expiration expire ttl age timeout
    lifetime min max minimum maximum policy policies rule rules regex pattern re validator validators
    hasher hashers sha sha1 sha256 md5 rev revision commit hash hashes hashed digest checksum fingerprint label title text message msg hint help prompt placeholder
    description encryption cipher mgr mode error errors field fields input form column attr attribute header param params parameter
    prefix suffix format version algorithm alg encoding issuer audience aud scope scopes subject
    provider providers store vault ring chain pair board code codes frame press pressed down up left right
    word words map list set count index idx ref refs reference reset changed change required enabled disabled
    strength score level mode state status visible verify verified confirm confirmation verification manager
    service server client callback handler function func fn method request response usage used limit limits
    number num time date at on created updated rotation generator factory helper util utils
    selector signature storetype alias schema table tag tags arn space separator delimiter
    event events usages cookie page view link icon button image template comment reminder""".split()
)
_BEFORE = frozenset(
    b"""public pub publishable csrf xsrf primary foreign sort partition hash range natural index idx object bucket
    cache route routing registry foreign composite unique row column schema sequence hot short
    shortcut keyboard arrow any press item map dict json translation message i18n locale next page
    continuation cancellation cancel site encrypted enc sealed hashed num csrfmiddleware issuer
    license licence pagination cursor lookup search group parent child field property attribute
    authenticity antiforgery requestverification nonce identity request change lock idempotency update action lifecycle ssh host known trusted gpg feature answer question forgot no without missing invalid sequence
    dummy fake mock""".split()
)
_SITE_KEYS = (b"sitekey", b"publickey", b"pubkey", b"monkey", b"turkey", b"hotkey", b"donkey")
_MAX_NAME = 120


@lru_cache(maxsize=1 << 12)
def secrecy_of(name: bytes) -> Secrecy:
    """
    Return what a name promises.

    >>> [secrecy_of(n).name for n in (b"DB_PASSWORD", b"apiToken", b"token_url", b"publicKey")]
    ['PASSWORD', 'TOKEN', 'NONE', 'NONE']
    """
    words = [word.lower() for word in _WORD.findall(name[-_MAX_NAME:])]
    for at in range(len(words) - 1, -1, -1):
        found = _of_word(words, at)
        if found is not Secrecy.NONE:
            if any(word in _AFTER for word in words[at + 1 :]):
                return Secrecy.NONE
            if any(word in _BEFORE for word in words[:at]):
                return Secrecy.NONE
            return found
    return Secrecy.NONE


def _of_word(words: list[bytes], at: int) -> Secrecy:
    word = words[at]
    if word in _PASSWORD_WORDS or word.endswith(_PASSWORDS):
        return Secrecy.PASSWORD
    if word in _TOKEN_WORDS or word.endswith(_TOKEN_ENDS):
        return Secrecy.TOKEN
    # "key" alone is any key of a table; with a word before it is one that opens something.
    if word.endswith(_KEY_ENDS) and not word.endswith(_SITE_KEYS):
        known = word not in _KEY_ENDS or (at > 0 and not words[at - 1].isdigit())
        return Secrecy.TOKEN if known and word not in (b"keys",) else Secrecy.NONE
    return Secrecy.NONE
