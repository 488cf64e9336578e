"""
Bound and tidy the text that advisory feeds carry.

A description of a megabyte helps nobody and costs every shard: text is cut at ``MAX_TEXT``
characters and ends in "…". Names keep the publisher's order, once each.
"""

import re
from collections.abc import Iterable

MAX_TEXT = 4096
MAX_TITLE = 300
MAX_REFERENCES = 32

_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_CWE = re.compile(r"CWE-[0-9]{1,6}")


def cut(text: str, most: int = MAX_TEXT) -> str:
    """
    Return ``text`` without surrounding space, at most ``most`` characters.

    >>> cut(" abcdef ", 4)
    'abc…'
    """
    text = text.strip()
    return text if len(text) <= most else text[: most - 1] + "…"


def unique(names: Iterable[str], most: int = 1 << 16) -> tuple[str, ...]:
    """
    Return names that are not empty, each once, in their order, at most ``most``.

    >>> unique(["b", "", "a", "b"])
    ('b', 'a')
    """
    return tuple(dict.fromkeys(name for name in names if name))[:most]


def links(urls: Iterable[str]) -> tuple[str, ...]:
    """Return the web addresses among ``urls``, each once, at most ``MAX_REFERENCES``."""
    return unique(
        (url.strip() for url in urls if url.lstrip().startswith(("https://", "http://"))),
        MAX_REFERENCES,
    )


def is_cve(name: str) -> bool:
    """
    Say whether ``name`` is a CVE id.

    >>> is_cve("CVE-2024-6387"), is_cve("CVE-46838")
    (True, False)
    """
    return _CVE.fullmatch(name) is not None


def cves_in(text: str) -> tuple[str, ...]:
    """
    Return the CVE ids in a text, each once.

    >>> cves_in("CVE-2017-5753 CVE-2017-5715 XSA-254")
    ('CVE-2017-5753', 'CVE-2017-5715')
    """
    return unique(_CVE.findall(text))


def cwes_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the CWE ids in some texts, each once."""
    return unique(found for text in texts for found in _CWE.findall(text))
