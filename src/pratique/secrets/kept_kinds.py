"""
Keep rules as a table, so that a scan need not run the modules that declare them.

Law: what comes back is what was written, but for samples, which no scan asks for; rules that a table
cannot hold (a check that has no name, the user's own) are not written. A check is kept by its name and looked up among
this folder's modules only. Expressions are compiled when they are first needed, as ever; how far
they reach is kept.
"""

import importlib
from collections.abc import Callable, Sequence
from typing import cast

import msgspec
from msgspec import Struct

from pratique.formats.expression.shape import Shape
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.secrets.interface import SecretKind
from pratique.secrets.rule import Judge, Rule

_FOLDER = "pratique.secrets."


class _Row(Struct, frozen=True, array_like=True):
    """A rule; its fields, and those of its kind and shape, by their own names."""

    id: str
    title: str
    pattern: bytes
    keywords: tuple[bytes, ...]
    severity: Severity
    confidence: Confidence
    folded: bool
    entropy: float
    check: str
    proof: str
    near: tuple[bytes, ...]
    paths: tuple[str, ...]
    placeholders_allowed: bool
    is_general_kind: bool
    aliases: tuple[str, ...]
    rotate: str
    judge: str
    general: bool
    not_in: tuple[str, ...]
    groups: int
    least: int
    reach: int
    width: int
    ahead: int


def written(rules: Sequence[Rule]) -> bytes:
    """Return a table of some rules, empty where one of them cannot be kept."""
    try:
        return msgspec.msgpack.encode([_row(rule) for rule in rules])
    except FormatError:
        return b""


def read(table: bytes) -> tuple[Rule, ...]:
    """
    Return the rules that ``written`` made a table of.

    Raises:
        FormatError: it is none, or names what is no longer there.
    """
    try:
        rows = msgspec.msgpack.decode(table, type=list[_Row])
    except msgspec.MsgspecError as error:
        raise FormatError(f"a kept table of rules is none: {error}") from None
    named: dict[str, Callable[..., bool] | None] = {"": None}
    return tuple(_rule(row, named) for row in rows)


def _row(rule: Rule) -> _Row:
    kind, shape = rule.kind, rule.shape
    if rule.allowed is not None or rule.settings:
        raise FormatError("rules of a user's own are not kept")
    return _Row(
        id=kind.id,
        title=kind.title,
        pattern=kind.pattern,
        keywords=kind.keywords,
        severity=kind.severity,
        confidence=kind.confidence,
        folded=kind.folded,
        entropy=kind.entropy,
        check=_name(kind.check),
        proof=_name(kind.proof),
        near=kind.near,
        paths=kind.paths,
        placeholders_allowed=kind.placeholders_allowed,
        is_general_kind=kind.general,
        aliases=kind.aliases,
        rotate=kind.rotate,
        judge=_name(rule.judge),
        general=rule.general,
        not_in=rule.not_in,
        groups=rule.groups,
        least=shape.least,
        reach=shape.reach,
        width=shape.width,
        ahead=shape.ahead,
    )


def _rule(row: _Row, named: dict[str, Callable[..., bool] | None]) -> Rule:
    for name in (row.check, row.proof, row.judge):
        if name not in named:
            named[name] = _function(name)
    kind = SecretKind(
        id=row.id,
        title=row.title,
        pattern=row.pattern,
        keywords=row.keywords,
        severity=row.severity,
        confidence=row.confidence,
        folded=row.folded,
        entropy=row.entropy,
        check=named[row.check],
        proof=named[row.proof],
        near=row.near,
        paths=row.paths,
        placeholders_allowed=row.placeholders_allowed,
        general=row.is_general_kind,
        aliases=row.aliases,
        rotate=row.rotate,
        true=(),
        false=(),
    )
    judge = cast("Judge | None", named[row.judge])
    rule = Rule(kind=kind, judge=judge, general=row.general, not_in=row.not_in, groups=row.groups)
    # What is sought is compiled already, and not asked for again.
    rule.__dict__["shape"] = Shape(b"", row.least, row.reach, row.width, row.ahead)
    return rule


def _name(function: Callable[..., bool] | None) -> str:
    """Return the name by which a function is found again."""
    if function is None:
        return ""
    name = f"{function.__module__}:{function.__qualname__}"
    if _function(name) is not function:
        raise FormatError(f"{name} is not found by its name")
    return name


def _function(name: str) -> Callable[..., bool]:
    module, _, function = name.partition(":")
    if not module.startswith(_FOLDER):
        raise FormatError(f"{name!r} is no function of this folder")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError):
        raise FormatError(f"there is no {name}") from None
    return cast("Callable[..., bool]", found)
