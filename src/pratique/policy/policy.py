"""
Hold one policy: a built-in profile, or a file that extends one.
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.model.severity import Severity
from pratique.model.verdict import Answer, Mode, PolicyName
from pratique.policy.case import Settings
from pratique.policy.exceptions import PolicyException
from pratique.policy.profiles import Profile

MATCHES = ("image", "package", "finding", "unknown")
"""What a rule of a policy file looks at, one after the other."""


class Expression(Struct, frozen=True, kw_only=True):
    """
    A CEL expression and where it begins: file, line and column (from 1).

    ``block``: each of its lines is indented like the first.
    """

    text: str
    place: str
    line: int
    column: int
    block: bool = False


class UserRule(Struct, frozen=True, kw_only=True):
    """
    A rule of a policy file: it fires where its expression is true, so it is named after the bad thing.
    """

    id: str
    match: str
    expression: Expression
    mode: Mode
    message: str
    message_expression: Expression | None = None
    severity: Severity = Severity.UNKNOWN
    fix: str = ""
    place: str = ""


class Expectation(Struct, frozen=True, kw_only=True):
    """An example of a policy file: evidence in short form, and the verdict it must get."""

    name: str
    place: str
    evidence: Mapping[str, object]
    answer: Answer
    fires: tuple[str, ...] | None = None
    """The rules that must fire, exactly these; None: not said."""


class Policy(Struct, frozen=True, kw_only=True):
    """A policy, ready to decide by."""

    name: PolicyName
    profile: Profile
    settings: Settings
    modes: Mapping[str, Mode]
    doubts: Mapping[str, Answer]
    rules: tuple[UserRule, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    examples: tuple[Expectation, ...] = ()


def policy_of(profile: Profile) -> Policy:
    """Return a built-in profile as a policy."""
    return Policy(
        name=profile.policy_name(),
        profile=profile,
        settings=profile.settings,
        modes=profile.modes,
        doubts=profile.doubts,
    )
