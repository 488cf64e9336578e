"""
Hold one rule by which findings are ignored, whatever file it came from.
"""

from msgspec import Struct

from pratique.model.advisory import FixState
from pratique.model.finding import FindingKind
from pratique.model.package import PackageType


class IgnoreRule(Struct, frozen=True, kw_only=True):
    """
    One rule: every field that is set must hold for a finding; empty fields are not looked at.

    ``place`` says where it stands (``.trivyignore:3``), ``kinds`` what sort of findings it may
    touch. ``names`` are ids of flaws or rules, any of which will do; ``own_id`` compares them with
    the finding's name and its records' ids, not with every alias. ``package`` and ``upstream`` are
    names, or patterns (``*_pattern``) that must match as a whole. ``paths`` are globs, ``purls``
    package URLs, any of which will do; ``line`` is the finding's. ``expires`` is an ISO time from which it no longer holds.
    """

    place: str
    kinds: tuple[FindingKind, ...]
    names: tuple[str, ...] = ()
    own_id: bool = False
    purls: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    line: int = 0
    package: str = ""
    package_pattern: bool = False
    upstream: str = ""
    upstream_pattern: bool = False
    version: str = ""
    types: tuple[PackageType, ...] = ()
    ecosystem: str = ""
    group: str = ""
    fix_states: tuple[FixState, ...] = ()
    match_type: str = ""
    vex_status: str = ""
    vex_justification: str = ""
    reason: str = ""
    owner: str = ""
    expires: str = ""
    exception: bool = False
    """True for the project's own exceptions, whose expiry and disuse are told."""


class IgnoreFile(Struct, frozen=True, kw_only=True):
    """The rules of one file, and sentences about what in it is not honoured."""

    rules: tuple[IgnoreRule, ...] = ()
    problems: tuple[str, ...] = ()


EVERY_KIND = tuple(FindingKind)
