"""
Turn what a package database calls a licence into an SPDX expression.

Understood are SPDX expressions, Debian's short names, the tags of RPM before 2022, trove
classifiers, names and addresses as Maven projects give them, R's and Perl's ways, and the words
people put between them (and, or, ``/``, ``|``, commas). Law: a part that is not understood becomes
a ``LicenseRef-`` made of its own words and is told in ``Named.unknown``; nothing is guessed from a
part of a name. An exception that is not known is left out: without it the licence asks for more.
Bounds: 2,000 characters, 64 parts, 8 levels of brackets; more is one unknown name.

Source: SPDX 2.3 annex D (expressions); for the names see ``_name_table``.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from pratique.licences._folding import fold
from pratique.licences._name_table import FAMILIES, exceptions, names
from pratique.licences._spdx import folded, listed
from pratique.licences._tree import Leaf, Tree, joined, leaves, written
from pratique.model.package import PackageType

MOST_CHARS = 2000
MOST_PARTS = 64
MOST_BRACKETS = 8
_REFERENCE = "LicenseRef-"
_CHOICE = frozenset((PackageType.MAVEN, PackageType.NPM))
"""
Whose several licences are a choice.

Maven: "the user can select any of them" (POM reference, licenses); npm's old ``licenses`` list was
for dual licences. Elsewhere all are taken to apply.
"""
# A bracket that belongs to a name: a version, an abbreviation behind it, "at your option".
_OWN_BRACKET = re.compile(
    r"\(\s*((?:>=|==|>|=|v(?:er(?:sion)?)?\.?)?\s*\d[\d.]*\+?|at your option|[A-Za-z]+[-A-Za-z]*"
    r"[ -]?v?[\d.]*\+?|or (?:any )?(?:later|newer)(?: versions?)?)\s*\)",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"([()])|\s*(?:,\s*)?\b(and/or|or(?![ -](?:at|any|later|newer|above|higher|greater|revised)\b)|and)\b\s*"
    r"|(\|\||&&|[|&,;])|\s*\b(with|w/)(?=[\s(])",
    re.IGNORECASE,
)
_WORDS = {
    "and/or": "OR", "or": "OR", "|": "OR", "||": "OR", "and": "AND", "&": "AND", "&&": "AND",
    "and,": ",AND", "or,": "OR", "and/or,": "OR", ",": "AND", ";": "AND", "with": "WITH", "w/": "WITH", "(": "(", ")": ")",
}  # fmt: skip
_NO_NAMES = ("AND", ",AND", "OR", "WITH", ")", "")
_GNU = re.compile(
    r"^(?:(?P<kind>lesser|library|affero|a|l)?\s?(?:general gpl|general|gpl)|"
    r"(?P<short>[al]gpl)|(?P<doc>g?fdl(?P<niv> niv)?|free documentation))"
    r"(?: ?(?P<version>\d(?:\.\d)?))?"
    r"(?P<mark> only| \+)?$"
)
_FAMILIES = {"lesser": "LGPL", "library": "LGPL", "l": "LGPL", "lgpl": "LGPL", "affero": "AGPL", "a": "AGPL", "agpl": "AGPL"}  # fmt: skip
_FIRST = {"GPL": "1.0", "LGPL": "2.0", "AGPL": "1.0", "GFDL": "1.1"}
_R_FILE = re.compile(r"\s*[+|]\s*file licen[cs]e\s*$", re.IGNORECASE)
_NOT_IN_REFERENCE = re.compile(r"[^A-Za-z0-9.]+")
_ADDRESS = re.compile(r"^https?://(?:www\.)?|\.(?:txt|html|php|htm)$|/$", re.IGNORECASE)


class Named(Struct, frozen=True):
    """An SPDX expression, empty where nothing was stated, and the names nobody understood."""

    expression: str
    unknown: tuple[str, ...] = ()


def concluded(texts: Sequence[str], kind: PackageType) -> Named:
    """
    Return one expression for what a package states.

    >>> concluded(("GPLv2+ and MIT",), PackageType.RPM).expression
    'GPL-2.0-or-later AND MIT'
    >>> concluded(("Apache 2", "LGPL 2.1"), PackageType.MAVEN).expression
    'Apache-2.0 OR LGPL-2.1-only'
    """
    found = [tree_of(text) for text in texts[:MOST_PARTS] if text.strip()]
    if not found:
        return Named("")
    word = "OR" if kind in _CHOICE else "AND"
    tree = joined("OR" if word == "OR" else "AND", found)
    return Named(written(tree), tuple(unknown_of(leaves(tree))))


def named(text: str) -> Named:
    """
    Return the expression for one statement.

    >>> named("GPL-2+ with autoconf exception, or Expat, and BSD-3-clause").expression
    '(GPL-2.0-or-later WITH Autoconf-exception-generic OR MIT) AND BSD-3-Clause'
    >>> named("MIT or Foo Licence 7")
    Named(expression='MIT OR LicenseRef-Foo-Licence-7', unknown=('LicenseRef-Foo-Licence-7',))
    """
    return _named(_plain(text))


def tree_of(text: str) -> Tree:
    """Return the tree of a statement that is not empty; see ``named``."""
    return _tree_of(_plain(text))


def _plain(text: str) -> str:
    """Return a statement without breaks, cut where it is too long: it is remembered."""
    return " ".join(text.split())[: MOST_CHARS + 1]


@lru_cache(maxsize=1 << 12)
def _named(text: str) -> Named:
    if not text:
        return Named("")
    tree = _tree_of(text)
    return Named(written(tree), tuple(unknown_of(leaves(tree))))


@lru_cache(maxsize=1 << 12)
def _tree_of(text: str) -> Tree:
    text = _R_FILE.sub("", text)
    whole = one_licence(text[:MOST_CHARS])
    if whole is not None:
        return whole
    if len(text) > MOST_CHARS or text.count("(") > MOST_PARTS:
        return Leaf(_reference(text))
    tokens = list(_tokens(_OWN_BRACKET.sub(r" \1 ", text)))
    if len(tokens) > 4 * MOST_PARTS or _depth(tokens) > MOST_BRACKETS:
        return Leaf(_reference(text))
    return _Reader(tokens).read() or Leaf(_reference(text))


@lru_cache(maxsize=1 << 12)
def one_licence(text: str) -> Tree | None:
    """Return what a single name means, or None where nobody knows it; the same few are asked for."""
    if (known := listed(text)) is not None and not known.exception:
        return Leaf(known.spdx)
    if text.startswith((_REFERENCE, "DocumentRef-")) and " " not in text:
        return Leaf(text[:100])
    name = fold(_ADDRESS.sub("", text) if "://" in text else text)
    for spelling in (name, fold(_OWN_BRACKET.sub(" ", text))):
        if (gnu := _gnu(spelling)) is not None:
            return Leaf(gnu)
        if (expression := names().get(spelling)) is not None:
            return _Reader(list(_tokens(expression))).read()
        if spelling and (known := folded(spelling)) is not None:
            return Leaf(known.spdx)
    return None


def unknown_of(found: Iterable[Leaf]) -> Iterable[str]:
    """Yield the references among licences that stand for words nobody understood."""
    for leaf in found:
        if leaf.licence.startswith(_REFERENCE) and leaf.licence not in FAMILIES:
            yield leaf.licence


class _Reader:
    """Read tokens by descent: lists of OR of AND of one licence with its exception."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def read(self) -> Tree | None:
        parts: list[Tree] = []
        while self.at < len(self.tokens):
            if part := self._list():
                parts.append(part)
            self.at += 1  # a bracket that closes nothing
        return joined("AND", parts) if parts else None

    def _list(self) -> Tree | None:
        parts = [part] if (part := self._choice()) else []
        while self._take(",AND"):
            if part := self._choice():
                parts.append(part)
        return joined("AND", parts) if parts else None

    def _choice(self) -> Tree | None:
        parts = [part] if (part := self._all()) else []
        while self._take("OR"):
            if part := self._all():
                parts.append(part)
        return joined("OR", parts) if parts else None

    def _all(self) -> Tree | None:
        parts = [part] if (part := self._one()) else []
        while self._take("AND"):
            if part := self._one():
                parts.append(part)
        return joined("AND", parts) if parts else None

    def _one(self) -> Tree | None:
        if self._take("("):
            inner = self._list()
            self._take(")")
            return inner
        if self._peek() in _NO_NAMES:
            return self._one() if self._take("WITH") else None
        name = self._next()
        exception = (
            self._next() if self._take("WITH") and self._peek() not in ("(", *_NO_NAMES) else ""
        )
        if exception and (whole := one_licence(f"{name} with {exception}")):
            return whole
        found = _either(name)
        if isinstance(found, Leaf) and exception and (known := _exception(exception)):
            return Leaf(found.licence, known)
        return found

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _take(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self.at += 1
        return True


def _either(name: str) -> Tree:
    """Return what a name means; one with a slash may be two names."""
    if (known := one_licence(name)) is not None:
        return known
    halves = [half for half in re.split(r"\s*/\s*|\s+\+\s+", name) if half]
    if "://" not in name and 1 < len(halves) <= MOST_PARTS:
        word = "OR" if "/" in name else "AND"
        found = [one_licence(half) for half in halves]
        if all(found):
            return joined("OR" if word == "OR" else "AND", [one for one in found if one])
    # Old lists of Alpine and PHP have spaces alone between their licences.
    each = [one_licence(word) for word in name.split()[: MOST_PARTS + 1]]
    if 1 < len(each) <= MOST_PARTS and all(each):
        return joined("AND", [one for one in each if one])
    return Leaf(_reference(name))


def _exception(text: str) -> str:
    known = listed(text)
    if known is not None and known.exception:
        return known.spdx
    name = fold(text)
    return exceptions().get(name, "") or exceptions().get(name.removesuffix(" exception"), "")


def _gnu(name: str) -> str | None:
    """
    Return the licence of the GNU family that a folded name means.

    >>> _gnu("lgpl 2.1 +"), _gnu("lesser general 3"), _gnu("gpl"), _gnu("gplish")
    ('LGPL-2.1-or-later', 'LGPL-3.0-only', 'GPL-1.0-or-later', None)
    """
    match = _GNU.match(name)
    if match is None:
        return None
    family = "GFDL" if match["doc"] else _FAMILIES.get(match["kind"] or match["short"], "GPL")
    version = match["version"] or ""
    if not version:
        # "If the Program does not specify a version number, you may choose any version" (GPL 9).
        return f"{family}-{_FIRST[family]}-or-later"
    version = version if "." in version else f"{version}.0"
    later = "or-later" if match["mark"] == " +" else "only"
    later = f"no-invariants-{later}" if match["niv"] else later
    known = listed(f"{family}-{version}-{later}")
    return known.spdx if known else None


def _tokens(text: str) -> Iterable[str]:
    """Yield AND, OR, WITH, brackets and the names between them."""
    at = 0
    for match in _TOKEN.finditer(text):
        if name := text[at : match.start()].strip():
            yield name
        word = next(group for group in match.groups() if group)
        # "A or B, and C": behind a comma "and" binds least (Debian's copyright format, 7.2).
        listing = "," if match.group(2) and "," in match.group() else ""
        yield _WORDS[word.lower() + listing]
        at = match.end()
    if name := text[at:].strip():
        yield name


def _depth(tokens: Iterable[str]) -> int:
    depth = deepest = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")  # noqa: S105
        deepest = max(deepest, depth)
    return deepest


def _reference(text: str) -> str:
    words = _NOT_IN_REFERENCE.sub("-", text[:60]).strip("-.")
    return _REFERENCE + (words or "unnamed")
