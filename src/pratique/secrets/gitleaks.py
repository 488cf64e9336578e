"""
Apply a configuration of gitleaks to the rules.

Laws: rules of the file are added, and one with the id of a kind of ours (or gitleaks' name for it)
takes its place; disabled ones go; allow-lists let matches stand, of all rules or of those they name. Kinds of ours stay without
``useDefault`` too: a scan finds what it promises. ``keywords`` only save gitleaks time and are not looked at.
"""

import hashlib
import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.ignore.gitleaks_toml import GitleaksAllowlist, GitleaksConfig, GitleaksRule
from pratique.model.finding import Confidence
from pratique.secrets.interface import SecretKind
from pratique.secrets.rule import Judge, Place, Rule

_LINE_BYTES = 4096
_SHOWN_TITLE = 120


def with_gitleaks(rules: Sequence[Rule], config: GitleaksConfig) -> tuple[Rule, ...]:
    """Return the rules as a configuration wants them."""
    gone = {*config.disabled, *(rule.id for rule in config.rules)}
    kept = [rule for rule in rules if not gone.intersection(_names(rule.kind))]
    made = [_rule(rule) for rule in config.rules if rule.id not in config.disabled]
    own = {rule.id: rule.allowlists for rule in config.rules}
    return tuple(
        _allowing(rule, (*config.allowlists, *own.get(rule.kind.id, ()))) for rule in (*kept, *made)
    )


def _names(kind: SecretKind) -> tuple[str, ...]:
    return kind.id, *kind.aliases


def _rule(rule: GitleaksRule) -> Rule:
    kind = SecretKind(
        id=rule.id,
        title=rule.description[:_SHOWN_TITLE] or rule.id,
        pattern=rule.expression.pattern,
        keywords=(),
        confidence=Confidence.MEDIUM,
        entropy=rule.entropy,
        placeholders_allowed=True,
        true=(),
        false=(),
    )
    path = rule.path
    if path is None:
        return Rule(kind=kind, groups=rule.group)

    def judge(_match: object, place: Place) -> bool:
        return path.search(place.path) is not None

    return Rule(kind=kind, groups=rule.group, judge=judge, settings=path.pattern)


def _allowing(rule: Rule, lists: Sequence[GitleaksAllowlist]) -> Rule:
    """Return a rule with the allow-lists that are meant for it."""
    names = set(_names(rule.kind))
    meant = [one for one in lists if not one.rules or names.intersection(one.rules)]
    if not meant:
        return rule
    told = hashlib.sha256(repr(meant).encode()).hexdigest()
    return replace(rule, allowed=_judge(rule, meant), settings=f"{rule.settings} {told}")


def _judge(rule: Rule, lists: Sequence[GitleaksAllowlist]) -> Judge:
    def allowed(match: "re.Match[bytes]", place: Place) -> bool:
        start, end = rule.span(match)
        seen = _Seen(place.path, place.text[start:end], match[0], _line(match, place.text))
        return any(_holds(one, seen) for one in lists)

    return allowed


class _Seen(Struct, frozen=True):
    """What allow-lists look at."""

    path: str
    secret: bytes
    match: bytes
    line: bytes

    def __repr__(self) -> str:
        """Return a text without the value: it may end in a traceback."""
        return f"_Seen({self.path!r})"


def _holds(one: GitleaksAllowlist, seen: _Seen) -> bool:
    if one.only_commits:
        return False
    text = {"match": seen.match, "line": seen.line}.get(one.target, seen.secret)
    lowered = seen.secret.lower()
    answers = []
    if one.paths:
        answers.append(any(path.search(seen.path) for path in one.paths))
    if one.expressions:
        answers.append(any(expression.search(text) for expression in one.expressions))
    if one.stop_words:
        answers.append(any(word in lowered for word in one.stop_words))
    return all(answers) if one.every else any(answers)


def _line(match: "re.Match[bytes]", text: bytes) -> bytes:
    """Return the lines a match stands on, each end at most ``_LINE_BYTES`` away."""
    start, end = match.span()
    first = text.rfind(b"\n", max(0, start - _LINE_BYTES), start) + 1
    last = text.find(b"\n", end, end + _LINE_BYTES)
    return text[max(first, start - _LINE_BYTES) : last if last >= 0 else end + _LINE_BYTES]
