"""
Read the short notices by which files name a licence without giving its text.

"This program is free software … version 2 of the License, or (at your option) any later version",
"Licensed under the Apache License, Version 2.0", ``SPDX-License-Identifier: MIT``, Debian's
pointers into ``/usr/share/common-licenses``. Bounds: linear; every gap in an expression is bounded,
and at most ``MOST`` notices are read of one file.

Source: "How to Apply These Terms" of the GPL 2, GPL 3, LGPL and AGPL; appendix of Apache 2.0;
exhibit A of MPL 2.0; SPDX 2.3 annex E (short identifiers in files).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from msgspec import Struct

from pratique.licences._name_table import PUBLIC_DOMAIN
from pratique.licences.names import named
from pratique.model.finding import Confidence

MOST = 256
_NEAR = 260
_BEFORE = 90
_FIRST = {"GPL": "1.0", "LGPL": "2.0", "AGPL": "3.0", "GFDL": "1.1"}
_FLAT = re.compile(r"[\s*#/;|<>\"'`()\[\],:=_-]+")
_GNU = re.compile(
    r"\b(?:gnu )?(lesser |library |affero |)(general public|free documentation) license"
)
_GNU_SHORT = re.compile(
    r"\bgnu ([al]?gpl)\b|(?<!licenses )\b([al]?gpl)(?= ?(?:v(?:ersion)?)? ?[123](?:\.\d)?\b)"
)
_VERSION = re.compile(r"\bv(?:ersion)?\.? ?(\d(?:\.\d)?)\b|^ ?v?\.? ?(\d(?:\.\d)?)\b")
_OLDER = re.compile(r"\bversions? (\d(?:\.\d)?)(?: or(?: at your option)? any later(?: version)?)? of the(?: terms of)? ?(?:the )?$")  # fmt: skip
_LATER = re.compile(r"\bor (?:at your option )?(?:any )?(?:later|newer)|\bor higher|\d(?:\.\d)?\+")
_TEXT_OF = re.compile(
    r"\b(?:(?:text|copy|copies)(?: of(?: the)?)?|section \d+ of(?: the)?|exception to(?: the)?"
    r"|conditions of(?: the)?|licen[cs]e(?: v(?:ersion)? ?\d(?:\.\d)?)?)(?: gnu)? ?$"
)
_FOUND_IN = re.compile(
    r"(?: v?(?:ersion)? ?\d\S*)? (?:can be found|is available|(?:is|are) in|for more details"
    r"|along with|combined software)\b"
)
_ALIAS = re.compile(r"^ [al]?gpl\b")
_FAMILIES = {"lesser ": "LGPL", "library ": "LGPL", "affero ": "AGPL", "": "GPL"}
_PHRASES = (
    (("llvm exception",), r"\bllvm exceptions? to the apache 2\.0 licen[cs]e\b", "Apache-2.0 WITH LLVM-exception"),
    (("apache",), r"\bapache(?: software)? licen[cs]e(?: v\.?| version)? ?2\b|\bapache 2\.0\b|apache\.org licenses license 2\.0", "Apache-2.0"),
    (("mozilla public", "mpl 2", "mpl v2", "mplv2", "mpl2"), r"\bmozilla public licen[cs]e v?\.? ?(?:ersion )?2\b|\bmpl ?v?2\.0\b", "MPL-2.0"),
    (("mozilla public",), r"\bmozilla public licen[cs]e v?\.? ?(?:ersion )?1\.1\b", "MPL-1.1"),
    (("boost software",), r"\bboost software licen[cs]e v?(?:ersion )?1\b", "BSL-1.0"),
    (("eclipse public",), r"\beclipse public licen[cs]e v?\.? ?(?:ersion )?1\b", "EPL-1.0"),
    (("eclipse public",), r"\beclipse public licen[cs]e v?\.? ?(?:ersion )?2\b", "EPL-2.0"),
    (("common development",), r"\bcommon development and distribution licen[cs]e\b.{0,30}? 1\.0\b", "CDDL-1.0"),
    (("common development",), r"\bcommon development and distribution licen[cs]e\b.{0,30}? 1\.1\b", "CDDL-1.1"),
    (("same terms",), r"\bsame terms as (?:the )?perl\b", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
    (("creative",), r"\bcreative commons attribution 4\.0\b|creativecommons.org licenses by 4\.0", "CC-BY-4.0"),
    (("creative",), r"\bcreative commons attribution sharealike 4\.0\b|creativecommons.org licenses by sa 4\.0", "CC-BY-SA-4.0"),
    (("creative",), r"\bcreative commons attribution sharealike 3\.0\b|creativecommons.org licenses by sa 3\.0", "CC-BY-SA-3.0"),
    (("publicdomain zero", "cc0 1.0"), r"creativecommons.org publicdomain zero 1\.0|\bcc0 1\.0\b", "CC0-1.0"),
    (("public domain",), r"\b(?:in|into|to) the public domain\b|\bis public domain\b|\blicense public domain\b", PUBLIC_DOMAIN),
    (("mit licen", "mit x11 licen", "expat licen"), r"\b(?:under|with) the(?: terms of the)?(?: terms of)? (?:mit|mit x11|expat) licen[cs]e\b|\bmit licensed?\b", "MIT"),
    (("isc licen",), r"\b(?:under|with) the(?: terms of the)?(?: terms of)? isc licen[cs]e\b|\bisc licensed\b", "ISC"),
    (("zlib",), r"\bunder the(?: terms of the)?(?: same)? (?:zlib|zlib libpng) licen[cs]e\b", "Zlib"),
    (("python software", "psf"), r"\bunder the(?: terms of the)? (?:python software foundation|psf) licen[cs]e\b", "PSF-2.0"),
    (("sil open font",), r"\bunder the(?: terms of the)? sil open font licen[cs]e\b", "OFL-1.1"),
    (("server side",), r"\bserver side public licen[cs]e\b", "SSPL-1.0"),
    (("business source",), r"\bbusiness source licen[cs]e 1\.1\b", "BUSL-1.1"),
    (("elastic licen",), r"\belastic licen[cs]e (?:v|version )?2\.0\b", "Elastic-2.0"),
)  # fmt: skip
"""
Texts one of which stands wherever the expression matches, the expression, and what it names.

Few of them are met in one image, so each is compiled when it is.
"""
_IDENTIFIER = re.compile(r"spdx-license-identifier:[ \t]*([a-z0-9.+()\- \t]{2,120})", re.IGNORECASE)
# The sample notice at the end of the GNU licences' own texts, about 2,900 characters.
_HOW_TO = re.compile(
    r"(?:how to apply these terms to your new|one line to give the (?:program|library))[\s\S]{0,3000}"
)
_IDENTIFIES = "pdx-l"
_HOW_TO_STARTS = ("how to apply these terms", "one line to give the")
_COMMON = re.compile(r"/usr/share/common-licenses/(apache-2\.0|artistic|cc0-1\.0|mpl-[12]\.[01]|[al]?gpl(?:-\d(?:\.\d)?)?|gfdl(?:-1\.[23])?)")  # fmt: skip


class Notice(Struct, frozen=True, order=True):
    """A licence that a notice names, where in the text, and how sure that makes."""

    at: int
    expression: str
    confidence: Confidence


def notices(text: str) -> list[Notice]:
    """
    Return the licences that notices in a text (lower case, texts blanked) name, first first.

    >>> [one.expression for one in notices("under the gnu lesser general public license as "
    ... "published by the fsf; either version 2.1, or (at your option) any later version.")]
    ['LGPL-2.1-or-later']
    """
    found: dict[str, Notice] = {}
    identified: list[Notice] = []
    if _IDENTIFIES in text:
        identified = list(_identifiers(text))
        text = _IDENTIFIER.sub(_blank, text)
    if any(start in text for start in _HOW_TO_STARTS):
        text = _HOW_TO.sub(_blank, text)
    for one in (*identified, *_from_flat(text)):
        found.setdefault(one.expression, one)
    families = {_family(name) for name in found}
    for match in _COMMON.finditer(text):
        expression = named(match[1]).expression
        if _family(expression) not in families:  # a notice says more than a pointer
            found.setdefault(expression, Notice(match.start(), expression, Confidence.MEDIUM))
    return sorted(found.values())[:MOST]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _identifiers(text: str) -> Iterator[Notice]:
    for match in _IDENTIFIER.finditer(text):
        name = match[1].strip(" \t-*").removesuffix("*/").strip()
        yield Notice(match.start(), named(name).expression, Confidence.HIGH)


def _from_flat(text: str) -> Iterator[Notice]:
    """Yield what the words say wherever lines break, as in comments."""
    flat = _FLAT.sub(" ", text)
    places = _Places(text, flat)
    seen = 0
    for match in _gnu_names(flat):
        if (seen := seen + 1) > MOST:
            break
        if (expression := _gnu(flat, match)) and not _points(flat, match):
            yield Notice(places(match.start()), expression, Confidence.HIGH)
    for words, phrase, expression in _PHRASES:
        if any(word in flat for word in words) and (named_so := _compiled(phrase).search(flat)):
            yield Notice(places(named_so.start()), expression, Confidence.MEDIUM)


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(phrase)


def _gnu_names(flat: str) -> Iterator[re.Match[str]]:
    """Yield where a licence of the GNU family is named: in full, then by its letters."""
    if "general public" in flat or "free documentation" in flat:
        yield from _GNU.finditer(flat)
    if "gpl" in flat:
        yield from _GNU_SHORT.finditer(flat)


def _gnu(flat: str, match: re.Match[str]) -> str:
    if match.re is _GNU:
        family = "GFDL" if match[2].startswith("free") else _FAMILIES[match[1]]
    else:
        family = (match[1] or match[2]).upper()
    behind = flat[match.end() : match.end() + _NEAR]
    behind = _ALIAS.sub("", behind)
    # What is said behind the next licence's name is about that one.
    if following := _GNU.search(behind) or _GNU_SHORT.search(behind):
        behind = behind[: following.start()]
    older = _OLDER.search(flat[max(match.start() - _BEFORE, 0) : match.start()])
    version = _VERSION.search(behind)
    if older:
        later = "any later" in older.group()
        return _named(family, older[1], later=later)
    if version is None:
        return ""
    number = version[1] or version[2]
    later = bool(_LATER.search(behind[version.start() : version.end() + 60]))
    return _named(family, number, later=later)


def _points(flat: str, match: re.Match[str]) -> bool:
    """Whether words only say where to read a licence, not that something is under it."""
    before = flat[max(match.start() - _BEFORE, 0) : match.start()]
    return bool(_TEXT_OF.search(before) or _FOUND_IN.match(flat[match.end() : match.end() + _NEAR]))


def _named(family: str, version: str, *, later: bool) -> str:
    version = version if "." in version else f"{version}.0"
    found = named(f"{family}-{version}-{'or-later' if later else 'only'}")
    return "" if found.unknown else found.expression


def _family(expression: str) -> str:
    return expression.partition("-")[0]


class _Places:
    """Where in a text each word of its flat form stood; made as far as it is asked."""

    def __init__(self, text: str, flat: str) -> None:
        self._gaps = _FLAT.finditer(text)
        self._flat = flat
        self._starts = [0]
        """Where the words stand in the text, empty ones at its ends included."""

    def __call__(self, at: int) -> int:
        """Return the position in the text of one in the flat form, where a gap is one space."""
        gaps = self._flat.count(" ", 0, at)
        more = gaps + 1 - len(self._starts)
        if more > 0:
            self._starts += map(re.Match.end, islice(self._gaps, more))
        return self._starts[gaps] + at - (self._flat.rfind(" ", 0, at) + 1)
