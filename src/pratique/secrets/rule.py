"""
Make the kinds of credentials ready to be searched for.

A ``Rule`` is a kind with its expression compiled and measured. ``judge`` is asked of a match and
its surroundings where a check of the value alone does not do (what a name says, in which file).
"""

import hashlib
import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from pratique.formats.expression.shape import Shape, shape_of
from pratique.secrets.interface import SecretKind


class Place(Struct, frozen=True):
    """Where a match stands: the text around it, and the file's path."""

    text: bytes
    path: str


Judge = Callable[["re.Match[bytes]", Place], bool]


class Rule(Struct, frozen=True, kw_only=True):
    """
    One kind, ready.

    ``general`` says that the kind tells little about the value's origin, so that a more special
    one wins where both fit.
    """

    kind: SecretKind
    expression: "re.Pattern[bytes]"
    shape: Shape
    group: int | str = 0
    judge: Judge | None = None
    general: bool = False
    not_in: tuple[str, ...] = ()
    """Endings of paths, lower-case, that the rule does not look into."""
    allowed: Judge | None = None
    """Says that a match is one that the caller's own configuration lets stand."""


def rule_of(
    kind: SecretKind,
    *,
    judge: Judge | None = None,
    general: bool = False,
    not_in: tuple[str, ...] = (),
    allowed: Judge | None = None,
) -> Rule:
    """
    Return a kind made ready.

    Raises:
        FormatError: its expression has no bound (see ``formats.expression.shape``).
        re.error: it is none.
    """
    expression = re.compile(kind.pattern, re.IGNORECASE if kind.folded else 0)
    return Rule(
        kind=kind,
        expression=expression,
        shape=shape_of(expression),
        group="secret" if "secret" in expression.groupindex else 0,
        judge=judge,
        general=general,
        not_in=not_in,
        allowed=allowed,
    )


def fingerprint_of(rules: Sequence[Rule]) -> str:
    """Return a text that changes whenever what is sought changes."""
    digest = hashlib.sha256()
    for rule in rules:
        kind = rule.kind
        told = (
            kind.id,
            kind.pattern,
            kind.keywords,
            kind.folded,
            kind.entropy,
            kind.near,
            kind.paths,
            kind.placeholders_allowed,
            str(kind.severity),
            str(kind.confidence),
            kind.title,
            kind.rotate,
            rule.shape.sought,
        )
        digest.update(repr(told).encode())
    return digest.hexdigest()
