"""
Hold the built-in rules on what is wrong with a target, each named after the bad thing.

What a rule does where it fires (audit, warn, deny) is said by the profile. Law: a rule only ever
adds a reason, so one more finding never makes a verdict milder.
"""

from collections.abc import Callable

from msgspec import Struct

from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.severity import Severity
from pratique.policy.case import Case, has_fix


class FindingRule(Struct, frozen=True, kw_only=True):
    """
    A rule on single findings.

    ``says`` continues "3 findings: …" in one line, ``fix`` what to do about them.
    """

    name: str
    says: str
    fix: str
    fires: Callable[[Finding, Case], bool]


def _is_flaw(finding: Finding) -> bool:
    return finding.kind is FindingKind.VULNERABILITY


def _sure_flaw(finding: Finding, case: Case) -> bool:
    """Whether it is a flaw of what is installed, and no guess."""
    sure = finding.confidence is not Confidence.LOW
    return _is_flaw(finding) and sure and not case.is_declared_only(finding)


def _malware(finding: Finding, case: Case) -> bool:
    return finding.kind is FindingKind.MALWARE and finding.confidence is not Confidence.LOW


def _suspected_malware(finding: Finding, case: Case) -> bool:
    return finding.kind is FindingKind.MALWARE and finding.confidence is Confidence.LOW


def _exploited_with_fix(finding: Finding, case: Case) -> bool:
    return bool(finding.exploited) and _sure_flaw(finding, case) and has_fix(finding)


def _exploited(finding: Finding, case: Case) -> bool:
    told = bool(finding.exploited) and not _is_set_aside(finding)
    return told and _sure_flaw(finding, case) and not has_fix(finding)


def _is_set_aside(finding: Finding) -> bool:
    """
    Whether the publisher of the package calls a flaw negligible there.

    The list of exploited flaws names the flaw, not the package: HTTP/2's rapid reset brought others
    down, and Debian mends no nginx for it because nginx bounds such requests itself.
    """
    return finding.severity is Severity.NEGLIGIBLE and not has_fix(finding)


def _overdue(finding: Finding, case: Case) -> bool:
    if not _fixable(finding, case, Severity.CRITICAL):
        return False
    age = case.fix_age_days(finding)
    return age is None or age > case.settings.fix_grace_days


def _fixable(finding: Finding, case: Case, severity: Severity) -> bool:
    return _sure_flaw(finding, case) and has_fix(finding) and finding.severity is severity


def _critical_in_grace(finding: Finding, case: Case) -> bool:
    return _fixable(finding, case, Severity.CRITICAL) and not _overdue(finding, case)


def _fixable_high(finding: Finding, case: Case) -> bool:
    return _fixable(finding, case, Severity.HIGH)


def _is_severe(finding: Finding) -> bool:
    return finding.severity.rank >= Severity.HIGH.rank


def _unfixed(finding: Finding, case: Case) -> bool:
    return _sure_flaw(finding, case) and not has_fix(finding) and _is_severe(finding)


def _doubtful(finding: Finding, case: Case) -> bool:
    """A severe flaw of what may not be there, or one that is exploited and called negligible."""
    if not _is_flaw(finding):
        return False
    if _sure_flaw(finding, case):
        return bool(finding.exploited) and _is_set_aside(finding)
    return _is_severe(finding) or bool(finding.exploited)


def _other_flaw(finding: Finding, case: Case) -> bool:
    milder = not _is_severe(finding) and not finding.exploited
    return _is_flaw(finding) and milder and finding.severity is not Severity.UNKNOWN


def _secret(finding: Finding, case: Case) -> bool:
    sure = finding.confidence is Confidence.HIGH
    return finding.kind is FindingKind.SECRET and sure and finding.hidden_by is None


def _hidden_secret(finding: Finding, case: Case) -> bool:
    sure = finding.confidence is Confidence.HIGH
    return finding.kind is FindingKind.SECRET and sure and finding.hidden_by is not None


def _likely_secret(finding: Finding, case: Case) -> bool:
    return finding.kind is FindingKind.SECRET and finding.confidence is Confidence.MEDIUM


def _doubtful_secret(finding: Finding, case: Case) -> bool:
    """Documentation and tests of public packages are full of them."""
    return finding.kind is FindingKind.SECRET and finding.confidence is Confidence.LOW


def _tampering(finding: Finding, case: Case) -> bool:
    return finding.kind is FindingKind.TAMPER and not _is_mild(finding)


def _possible_tampering(finding: Finding, case: Case) -> bool:
    """A sign that honest people leave too: whoever thins an image out deletes files."""
    return finding.kind is FindingKind.TAMPER and _is_mild(finding)


def _is_mild(finding: Finding) -> bool:
    return 0 < finding.severity.rank < Severity.MEDIUM.rank


def _end_of_life(finding: Finding, case: Case) -> bool:
    return finding.kind is FindingKind.END_OF_LIFE


def _is_config(finding: Finding) -> bool:
    return finding.kind is FindingKind.CONFIG


def _root_user(finding: Finding, case: Case) -> bool:
    """Whether it runs as root; an image that only starts a shell is graded low by its check."""
    return _is_config(finding) and finding.rule == ROOT and not _minor_config(finding, case)


def _severe_config(finding: Finding, case: Case) -> bool:
    return _is_config(finding) and finding.rule != ROOT and _is_severe(finding)


def _medium_config(finding: Finding, case: Case) -> bool:
    medium = finding.severity in (Severity.MEDIUM, Severity.UNKNOWN)
    return _is_config(finding) and finding.rule != ROOT and medium


def _minor_config(finding: Finding, case: Case) -> bool:
    return _is_config(finding) and _is_mild(finding)


def _is_code(finding: Finding) -> bool:
    return finding.kind is FindingKind.CODE


def _is_service(finding: Finding) -> bool:
    return finding.kind is FindingKind.SERVICE


def _grave_and_sure(finding: Finding) -> bool:
    return _is_severe(finding) and finding.confidence is not Confidence.LOW


def _severe_code(finding: Finding, case: Case) -> bool:
    return _is_code(finding) and _grave_and_sure(finding)


def _other_code(finding: Finding, case: Case) -> bool:
    return _is_code(finding) and not _grave_and_sure(finding) and not _is_mild(finding)


def _severe_service(finding: Finding, case: Case) -> bool:
    return _is_service(finding) and _grave_and_sure(finding)


def _other_service(finding: Finding, case: Case) -> bool:
    return _is_service(finding) and not _grave_and_sure(finding) and not _is_mild(finding)


def _minor_application(finding: Finding, case: Case) -> bool:
    return (_is_code(finding) or _is_service(finding)) and _is_mild(finding)


def _licence(finding: Finding, case: Case) -> bool:
    allowed = finding.rule in case.settings.allowed_licences
    return finding.kind is FindingKind.LICENCE and _is_severe(finding) and not allowed


RULES: tuple[FindingRule, ...] = (
    FindingRule(
        name="malware",
        says="malware, or a package published to do harm",
        fix="do not run it; rebuild from clean sources and find out how it came in",
        fires=_malware,
    ),
    FindingRule(
        name="exploited-flaw-with-fix",
        says="known to be exploited, and a fixed version is there",
        fix="upgrade now",
        fires=_exploited_with_fix,
    ),
    FindingRule(
        name="exploited-flaw-without-fix",
        says="known to be exploited, and no fixed version is there",
        fix="remove or replace the package, or except it with the workaround as the reason",
        fires=_exploited,
    ),
    FindingRule(
        name="standing-secret",
        says="a secret that anybody who has the image can read",
        fix="rotate it, then take it out of the build",
        fires=_secret,
    ),
    FindingRule(
        name="hidden-secret",
        says="a secret that a later layer deletes; it still ships",
        fix="rotate it, then build so that no layer ever holds it",
        fires=_hidden_secret,
    ),
    FindingRule(
        name="overdue-critical-fix",
        says="critical, and a fix has been there for longer than the grace period",
        fix="upgrade",
        fires=_overdue,
    ),
    FindingRule(
        name="fixable-critical-flaw",
        says="critical with a fix, and still in its grace period",
        fix="upgrade before the grace period ends",
        fires=_critical_in_grace,
    ),
    FindingRule(
        name="fixable-high-flaw",
        says="of high severity with a fix",
        fix="upgrade",
        fires=_fixable_high,
    ),
    FindingRule(
        name="tampering",
        says="a sign that the image runs something else than it lists",
        fix="look at the file, and rebuild it from its sources",
        fires=_tampering,
    ),
    FindingRule(
        name="suspected-malware",
        says="what may be malware",
        fix="look at the file",
        fires=_suspected_malware,
    ),
    FindingRule(
        name="severe-service-weakness",
        says="a severe weakness that showed itself while the application ran",
        fix="mend the application; the finding names the request",
        fires=_severe_service,
    ),
    FindingRule(
        name="severe-code-weakness",
        says="a severe weakness in the source of the application",
        fix="mend the line",
        fires=_severe_code,
    ),
    FindingRule(
        name="end-of-life-release",
        says="a release whose regular support has ended",
        fix="move to a supported release",
        fires=_end_of_life,
    ),
    FindingRule(
        name="root-user",
        says="the program runs as root",
        fix="add a USER to the Dockerfile",
        fires=_root_user,
    ),
    FindingRule(
        name="severe-misconfiguration",
        says="a severe weakness of the configuration",
        fix="mend the Dockerfile",
        fires=_severe_config,
    ),
    FindingRule(
        name="denied-licence",
        says="a licence whose terms few may accept",
        fix="replace the package, or allow the licence",
        fires=_licence,
    ),
    FindingRule(
        name="unfixed-severe-flaw",
        says="critical or high, and no fixed version is there",
        fix="see whether the package is needed at all",
        fires=_unfixed,
    ),
    FindingRule(
        name="likely-secret",
        says="what may be a secret",
        fix="look at the line; rotate it if it is one",
        fires=_likely_secret,
    ),
    FindingRule(
        name="doubtful-secret",
        says="what looks like a secret in documentation or tests, or fails its own checksum",
        fix="look at the line if the file is yours",
        fires=_doubtful_secret,
    ),
    FindingRule(
        name="doubtful-severe-flaw",
        says="severe or exploited, but perhaps not here: only a lockfile names the package, it may "
        "be a namesake, or its publisher calls the flaw negligible",
        fix="look whether the package is really there and concerned",
        fires=_doubtful,
    ),
    FindingRule(
        name="possible-tampering",
        says="a sign of tampering that thinning an image out leaves too",
        fix="see that what is missing was removed on purpose",
        fires=_possible_tampering,
    ),
    FindingRule(
        name="misconfiguration",
        says="a weakness of the configuration",
        fix="mend the Dockerfile",
        fires=_medium_config,
    ),
    FindingRule(
        name="service-weakness",
        says="a weakness that showed itself while the application ran",
        fix="mend the application; the finding names the request",
        fires=_other_service,
    ),
    FindingRule(
        name="code-weakness",
        says="a weakness in the source of the application, or a severe one that is a guess",
        fix="look at the line",
        fires=_other_code,
    ),
    FindingRule(
        name="minor-application-weakness",
        says="a habit in the source or the answers of the application that is better not kept up",
        fix="mend it when convenient",
        fires=_minor_application,
    ),
    FindingRule(
        name="minor-misconfiguration",
        says="a habit that is better not kept up",
        fix="mend the Dockerfile when convenient",
        fires=_minor_config,
    ),
    FindingRule(
        name="milder-flaw",
        says="of medium severity or milder",
        fix="upgrade when convenient",
        fires=_other_flaw,
    ),
)

ROOT = "root-user"
"""The check of the image's config that says so."""
