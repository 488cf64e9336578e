"""
Order Alpine versions as apk does.

Law: ``sort_key(a) < sort_key(b)`` exactly when ``apk version -t a b`` prints ``<``. A version is
``digit{.digit}{letter}{_suffix{number}}{~hash}{-r#}``. Where one version ends, it is the smaller,
except before a pre-release suffix. A first number compares by value, a later one with a leading
zero as text. Digits right after the letter (``6.6p1``, old openssh) count as apk 2 counted them.
What does not follow the grammar sorts just before the end, as in apk; ``validate`` refuses it. Bounds: ``_text.MAX_CHARS``. Source: apk-tools 3 src/version.c and
https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver.
"""

import re

from pratique.formats.versions._text import checked, number, refusal

NAME = "apk"

_GRAMMAR = re.compile(
    r"([0-9]+)((?:\.[0-9]*)*)(?:([a-z])([0-9]*))?"
    r"((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)(~[0-9a-f]+)?(?:-r([0-9]*)(?![a-z]))?"
)
_SUFFIX = re.compile(r"_([a-z]+)([0-9]*)")
_BEFORE = {"alpha": "\x01", "beta": "\x02", "pre": "\x03", "rc": "\x04"}
_AFTER = {"cvs": "\x01", "svn": "\x02", "git": "\x03", "hg": "\x04", "p": "\x05"}
# What may follow, lowest first: the order apk gives when one version has it and the other not.
(
    _PRE,
    _INVALID,
    _EMPTY,
    _END,
    _REVISION,
    _HASH,
    _SUFFIX_NUMBER,
    _POST,
    _LETTER,
    _DIGIT,
) = map(chr, range(1, 11))


def sort_key(version: str) -> str:
    """
    Return the key of a version.

    Raises:
        FormatError: empty or not printable.

    >>> sort_key("1.2_rc1-r0") < sort_key("1.2-r0") < sort_key("1.2-r1") < sort_key("1.2_p1-r0")
    True
    """
    match = _GRAMMAR.match(checked(version, NAME))
    if match is None:
        return _INVALID + version
    first, rest, letter, after_letter, suffixes, commit, revision = match.groups()
    key = [number(first)]
    key += [_digits(part) for part in rest.split(".")[1:]]
    if letter:
        key.append(_LETTER + letter)
        if after_letter:
            key.append(_DIGIT + number(after_letter))
    for name, count in _SUFFIX.findall(suffixes):
        key.append(_PRE + _BEFORE[name] if name in _BEFORE else _POST + _AFTER[name])
        if count:
            key.append(_SUFFIX_NUMBER + number(count))
    if commit:
        key.append(_HASH + commit[1:] + "\x00")
    if revision is not None:
        key.append(_REVISION + number(revision))
    key.append(_END if match.end() == len(version) else _INVALID)
    return "".join(key)


def validate(version: str) -> None:
    """
    Accept only what apk itself calls a version.

    Raises:
        FormatError: anything else.
    """
    match = _GRAMMAR.fullmatch(checked(version, NAME))
    if match is None or re.search(r"-r$|\.(?![0-9])", version):
        raise refusal(version, NAME)


def _digits(part: str) -> str:
    if not part:
        return _EMPTY
    return _DIGIT + ("\x01" + part + "\x00" if part[0] == "0" else "\x02" + number(part))
