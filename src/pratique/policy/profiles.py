"""
Hold the built-in profiles: what each rule and each doubt is worth.

=============  =====================================================================================
permissive     forbids what nobody may run: malware, and exploited flaws that have a fix
baseline       the default: also exploited flaws without a fix, overdue critical fixes, secrets, and
               applications that an attack got through to
strict         for what faces the internet: also high flaws with a fix, tampering, root, old releases
=============  =====================================================================================

Law: each profile is at least as strict on every rule and doubt as the one before it.
"""

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from pratique.model.errors import UsageError
from pratique.model.verdict import Answer, Mode, PolicyName
from pratique.policy.case import Settings
from pratique.policy.doubts import ALWAYS_UNDECIDED, DOUBTS
from pratique.policy.rules import RULES

DEFAULT = "baseline"


class Profile(Struct, frozen=True, kw_only=True):
    """What each rule does where it fires, and what each doubt is worth."""

    name: str
    summary: str
    modes: Mapping[str, Mode]
    doubts: Mapping[str, Answer]
    settings: Settings = Settings()

    @property
    def sha256(self) -> str:
        """Return the hex hash that changes whenever a decision of this profile may."""
        words = [(one.name, one.says, one.fix) for one in RULES]
        content = msgspec.json.encode((self, words, DOUBTS), order="deterministic")
        return hashlib.sha256(content).hexdigest()

    def policy_name(self) -> PolicyName:
        """Return how a verdict under this profile alone names it."""
        return PolicyName(name=self.name, sha256=self.sha256)


_A, _W, _D = Mode.AUDIT, Mode.WARN, Mode.DENY
_RULES: dict[str, tuple[Mode, Mode, Mode]] = {
    "malware": (_D, _D, _D),
    "exploited-flaw-with-fix": (_D, _D, _D),
    "exploited-flaw-without-fix": (_W, _D, _D),
    "standing-secret": (_W, _D, _D),
    "hidden-secret": (_W, _D, _D),
    "overdue-critical-fix": (_W, _D, _D),
    "fixable-critical-flaw": (_A, _W, _D),
    "fixable-high-flaw": (_A, _W, _D),
    "tampering": (_W, _W, _D),
    "suspected-malware": (_A, _W, _D),
    "severe-service-weakness": (_W, _D, _D),
    "severe-code-weakness": (_A, _W, _D),
    "end-of-life-release": (_A, _W, _D),
    "severe-misconfiguration": (_A, _W, _D),
    "denied-licence": (_A, _W, _D),
    "root-user": (_A, _A, _D),
    "unfixed-severe-flaw": (_A, _W, _W),
    "likely-secret": (_A, _W, _W),
    "doubtful-secret": (_A, _A, _W),
    "doubtful-severe-flaw": (_A, _W, _W),
    "possible-tampering": (_A, _W, _W),
    "misconfiguration": (_A, _A, _W),
    "service-weakness": (_A, _W, _W),
    "code-weakness": (_A, _A, _W),
    "minor-application-weakness": (_A, _A, _A),
    "minor-misconfiguration": (_A, _A, _A),
    "milder-flaw": (_A, _A, _A),
}
_ALLOW, _WARN, _OPEN = Answer.ALLOW, Answer.WARN, Answer.UNDECIDED
_DOUBTS: dict[str, tuple[Answer, Answer, Answer]] = {
    "unread-content": (_OPEN, _OPEN, _OPEN),
    "missing-advisory-data": (_OPEN, _OPEN, _OPEN),
    "stale-advisory-data": (_WARN, _OPEN, _OPEN),
    "damaged-package-metadata": (_WARN, _OPEN, _OPEN),
    "stagnant-advisory-data": (_ALLOW, _WARN, _WARN),
    "missing-side-data": (_ALLOW, _WARN, _WARN),
    "unfetched-advisory-data": (_ALLOW, _WARN, _OPEN),
    "scanner-left-out": (_ALLOW, _WARN, _OPEN),
    "ungraded-flaw": (_ALLOW, _WARN, _OPEN),
    "uncompared-package": (_ALLOW, _WARN, _OPEN),
    "third-party-package": (_ALLOW, _WARN, _OPEN),
    "unscanned-file": (_ALLOW, _WARN, _OPEN),
    "untested-application": (_ALLOW, _WARN, _OPEN),
    "unassessed-package": (_ALLOW, _ALLOW, _WARN),
    "partly-read": (_ALLOW, _WARN, _WARN),
}
_SUMMARIES = (
    ("permissive", "forbids what nobody may run: malware, and exploited flaws that have a fix"),
    (
        "baseline",
        "forbids also exploited flaws without a fix, overdue critical fixes, secrets, and "
        "applications that an attack got through to",
    ),
    ("strict", "forbids also high flaws with a fix, signs of tampering, root and old releases"),
)

PROFILES: Mapping[str, Profile] = {
    name: Profile(
        name=name,
        summary=summary,
        modes={rule: modes[at] for rule, modes in _RULES.items()},
        doubts={doubt: worth[at] for doubt, worth in _DOUBTS.items()},
    )
    for at, (name, summary) in enumerate(_SUMMARIES)
}


def profile(name: str) -> Profile:
    """
    Return a built-in profile.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in PROFILES:
        raise UsageError(f"no profile {name[:40]!r}", hint="profiles: " + ", ".join(PROFILES))
    return PROFILES[name]


def may_be_worth(doubt: str, worth: Answer) -> bool:
    """Whether a policy may say that a doubt is worth this much."""
    if worth is Answer.DENY:
        return False
    return doubt not in ALWAYS_UNDECIDED or worth is Answer.UNDECIDED
