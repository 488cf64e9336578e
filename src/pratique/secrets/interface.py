"""
Find credentials: the one interface of this folder.

A family is a module in ``secrets/kinds/`` with ``NAME`` and ``KINDS``: the credential kinds of one
field, each a ``SecretKind`` with true and false samples. The engine compiles all patterns into one
prefilter; a match is confirmed in a window around it. Law: the prefilter only saves time; with or
without it the findings are equal.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from pratique.model.finding import Confidence
from pratique.model.severity import Severity


class Sample(Struct, frozen=True, kw_only=True):
    """
    A text that shows, or only looks like showing, a credential.

    ``make`` puts the text together when it is called, so that no literal in the source looks
    live; ``path`` is the file it stands in where the kind looks at that. ``line`` is where it must be
    found (from 1).
    """

    make: Callable[[], str]
    path: str = "app/settings.txt"
    line: int = 1


class Alphabet(StrEnum):
    """What a generic value is made of, for the entropy that is asked of it."""

    HEX = "hex"
    BASE64 = "base64"
    ANY = "any"


class SecretKind(Struct, frozen=True, kw_only=True):
    """
    One kind of credential.

    ``pattern`` is a bytes expression of Python's ``re`` without look-behind of variable length and
    without unbounded repeats; the group ``secret`` is the value (else the whole match).
    ``keywords`` are lower-case literals one of which stands in every match (matched without regard
    to case); the engine searches for them first. ``folded`` matches without regard to case.
    ``entropy`` is the least Shannon entropy of the value in bits per character. ``check`` is
    asked of the value last (a structure, a checksum that never changed): no means no finding.
    ``proof`` is asked only for the confidence: HIGH when it says yes, LOW when it says no. ``near``
    are words one of which must stand within 120 bytes before the match where the pattern alone
    proves little. ``general`` kinds tell little about where a value comes from: where another kind
    fits too, that one is told. ``paths`` are globs of the only files to look at, by
    ``Patterns.globs``' rules; empty: all. ``placeholders_allowed`` skips the test for
    stop words and placeholders (``example``, ``changeme``, ``xxxx``, ``${VAR}``).
    """

    id: str
    title: str
    pattern: bytes
    keywords: tuple[bytes, ...]
    severity: Severity = Severity.HIGH
    confidence: Confidence = Confidence.HIGH
    folded: bool = False
    entropy: float = 0.0
    check: Callable[[bytes], bool] | None = None
    proof: Callable[[bytes], bool] | None = None
    near: tuple[bytes, ...] = ()
    paths: tuple[str, ...] = ()
    placeholders_allowed: bool = False
    general: bool = False
    aliases: tuple[str, ...] = ()
    """What gitleaks' own rules call it, where that differs from ``id``."""
    rotate: str = ""
    """Where to revoke or rotate it: one short sentence or an address."""
    true: Sequence[Sample]
    false: Sequence[Sample]


class Family(Protocol):
    """Kinds of credentials of one field: one module in ``secrets/kinds/`` each."""

    NAME: str
    KINDS: tuple[SecretKind, ...]
