"""
Read ``.gitleaks.toml``: rules of one's own, rules that are switched off, and what may stand.

Laws, as gitleaks 8: an allow-list holds where any of its conditions does (``condition = "AND"``: all);
``regexTarget`` says what its expressions are tried on; those with ``targetRules`` hold for these rules
alone; the deprecated ``allowlist`` is one like the others. What cannot be honoured is told, and left out where that finds more
rather than less. ``commits`` mean nothing in an image. Source: https://github.com/gitleaks/gitleaks#configuration.
"""

import re

from msgspec import Struct

from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.expression.re2 import compiled_re2, translated
from pratique.model.errors import FormatError

MAX_RULES = 2_000
MAX_EXPRESSIONS = 5_000
_SHORT = 512
_TARGETS = ("", "secret", "match", "line")


class GitleaksAllowlist(Struct, frozen=True, kw_only=True):
    """What may stand; ``every`` asks for all conditions. ``rules``: only for these; empty: all."""

    every: bool = False
    paths: "tuple[re.Pattern[str], ...]" = ()
    expressions: "tuple[re.Pattern[bytes], ...]" = ()
    target: str = ""
    stop_words: tuple[bytes, ...] = ()
    rules: tuple[str, ...] = ()
    only_commits: bool = False
    """True where commits alone, or commits among others, are asked for: it never holds."""


class GitleaksRule(Struct, frozen=True, kw_only=True):
    """A rule; ``group`` 0 is the first group that took part, else the whole match."""

    id: str
    description: str
    expression: "re.Pattern[bytes]"
    group: int = 0
    entropy: float = 0.0
    path: "re.Pattern[str] | None" = None
    allowlists: tuple[GitleaksAllowlist, ...] = ()


class GitleaksConfig(Struct, frozen=True, kw_only=True):
    """A configuration; ``problems`` are sentences about what in it is not honoured."""

    rules: tuple[GitleaksRule, ...] = ()
    disabled: tuple[str, ...] = ()
    allowlists: tuple[GitleaksAllowlist, ...] = ()
    problems: tuple[str, ...] = ()


def read_gitleaks_toml(document: dict[str, Value], place: str) -> GitleaksConfig:
    """
    Return a parsed configuration; ``place`` names the file in problems.

    Raises:
        FormatError: an expression or a condition is none, or there are too many.
    """
    reader = _Reader(place)
    extend = mapping(document.get("extend"))
    if extend.get("path") or extend.get("url"):
        reader.problems.append(f"{place}: [extend] names another file, which is not read")
    tables = items(document.get("rules"))
    if len(tables) > MAX_RULES:
        raise FormatError(f"more than {MAX_RULES} rules")
    rules = [reader.rule(mapping(one), number) for number, one in enumerate(tables)]
    return GitleaksConfig(
        rules=tuple(rule for rule in rules if rule is not None),
        disabled=_texts(extend.get("disabledRules")),
        allowlists=reader.allowlists(document, "[[allowlists]]"),
        problems=tuple(reader.problems),
    )


class _Reader:
    """The reading of one file: its place, and what is not honoured."""

    def __init__(self, place: str) -> None:
        self.problems: list[str] = []
        self._place = place
        self._expressions = 0

    def rule(self, table: dict[str, Value], number: int) -> GitleaksRule | None:
        where = f"rule {text(table.get('id')) or number}"
        told = ""
        if not text(table.get("id")):
            raise FormatError(f"{where} has no id")
        if not text(table.get("regex")):
            told = "has no regex"
        elif items(table.get("required")):
            told = "asks for other rules nearby"
        elif table.get("skipReport"):
            return None
        if told:
            self.problems.append(f"{self._place}: {where} {told}: left out")
            return None
        expression = self._bytes(text(table.get("regex")), where)
        group = table.get("secretGroup")
        group = group if isinstance(group, int) else 0
        if not 0 <= group <= expression.groups:
            raise FormatError(f"{where}: there is no group {group}")
        entropy = table.get("entropy")
        path = text(table.get("path"))
        return GitleaksRule(
            id=text(table.get("id")),
            description=text(table.get("description")),
            expression=expression,
            group=group,
            entropy=float(entropy) if isinstance(entropy, int | float) else 0.0,
            path=self._path(path, where) if path else None,
            allowlists=self.allowlists(table, where),
        )

    def allowlists(self, table: dict[str, Value], where: str) -> tuple[GitleaksAllowlist, ...]:
        found = [*items(table.get("allowlists"))]
        for old in ("allowlist", "allowList"):
            if old in table:
                found += items(table[old]) or [table[old]]
        return tuple(self._allowlist(mapping(one), where) for one in found)

    def _allowlist(self, table: dict[str, Value], where: str) -> GitleaksAllowlist:
        condition, target = text(table.get("condition")).upper(), text(table.get("regexTarget"))
        if condition not in ("", "OR", "||", "AND", "&&"):
            raise FormatError(f"{where}: the condition {condition[:20]!r} is none (and, or)")
        if target not in _TARGETS:
            raise FormatError(f"{where}: the regexTarget {target[:20]!r} is none (match, line)")
        every = condition in ("AND", "&&")
        words = _texts(table.get("stopwords")) or _texts(table.get("stopWords"))
        made = GitleaksAllowlist(
            every=every,
            paths=tuple(self._path(one, where) for one in _texts(table.get("paths"))),
            expressions=tuple(self._allowed(one, where) for one in _texts(table.get("regexes"))),
            target=target.removeprefix("secret"),
            stop_words=tuple(word.lower().encode() for word in words),
            rules=_texts(table.get("targetRules")),
            only_commits=every and bool(items(table.get("commits"))),
        )
        if not (made.paths or made.expressions or words or items(table.get("commits"))):
            raise FormatError(f"{where}: an allow-list without a condition")
        return made

    def _bytes(self, pattern: str, where: str) -> "re.Pattern[bytes]":
        self._expressions += 1
        if self._expressions > MAX_EXPRESSIONS:
            raise FormatError(f"more than {MAX_EXPRESSIONS} expressions")
        try:
            return compiled_re2(pattern)
        except FormatError as error:
            raise FormatError(f"{where}: {error}: {pattern[:60]!r}") from None

    def _path(self, pattern: str, where: str) -> "re.Pattern[str]":
        return re.compile(self._translated(pattern, where))

    def _allowed(self, pattern: str, where: str) -> "re.Pattern[bytes]":
        return re.compile(self._translated(pattern, where).encode("latin-1"))

    def _translated(self, pattern: str, where: str) -> str:
        """Return an expression that is tried on a short text only, so it may match nothing at all."""
        try:
            found = translated(pattern, _SHORT)
            re.compile(found)
        except (FormatError, re.error) as error:
            raise FormatError(f"{where}: {error}: {pattern[:60]!r}") from None
        return found


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(one for one in items(value) if isinstance(one, str))
