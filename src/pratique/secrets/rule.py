"""
Make the kinds of credentials ready to be searched for.

A ``Rule`` is a kind with its expression compiled and measured. ``judge`` is asked of a match and
its surroundings where a check of the value alone does not do (what a name says, in which file).
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec
from msgspec import Struct

from pratique.formats.expression.shape import Shape, shape_of
from pratique.secrets.interface import SecretKind


class Place(Struct, frozen=True):
    """Where a match stands: the text around it, and the file's path."""

    text: bytes
    path: str


Judge = Callable[["re.Match[bytes]", Place], bool]


class Rule(Struct, frozen=True, kw_only=True, dict=True):
    """
    One kind, and how its matches are judged; its expression is compiled when it is first needed.

    ``general`` says that the kind tells little about the value's origin, so that a more special
    one wins where both fit. ``not_in`` are endings of paths, lower-case, of files that the rule does not look into. ``allowed``
    says that a match is one that the user's own configuration lets stand. ``groups`` is the number of the group that is the
    value, 0 the first that took part; -1 the one called ``secret``. ``settings`` stands for what the user set, in the version.

    Raises:
        FormatError: (``shape``) its expression has no bound, see ``formats.expression.shape``.
        re.error: (``expression``) it is none.
    """

    kind: SecretKind
    judge: Judge | None = None
    general: bool = False
    not_in: tuple[str, ...] = ()
    allowed: Judge | None = None
    groups: int = -1
    settings: str = ""

    @cached_property
    def expression(self) -> "re.Pattern[bytes]":
        """What confirms a match."""
        return re.compile(self.kind.pattern, re.IGNORECASE if self.kind.folded else 0)

    @cached_property
    def shape(self) -> Shape:
        """How far a match reaches, and what to look for."""
        return shape_of(self.expression)

    @cached_property
    def told(self) -> bytes:
        """A text that changes whenever what the rule seeks changes."""
        kind = self.kind
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
            self.not_in,
            self.groups,
            self.settings,
        )
        return msgspec.msgpack.encode(told)

    def span(self, match: "re.Match[bytes]") -> tuple[int, int]:
        """Return where the value stands."""
        return match.span(self._group(match))

    def _group(self, match: "re.Match[bytes]") -> int | str:
        if self.groups < 0:
            return "secret" if "secret" in self.expression.groupindex else 0
        taking_part = (number for number, one in enumerate(match.groups(), start=1) if one)
        return self.groups or next(taking_part, 0)


def fingerprint_of(rules: Sequence[Rule]) -> str:
    """Return a text that changes whenever what is sought changes."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(rule.told)
    return digest.hexdigest()
