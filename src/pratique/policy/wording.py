"""
Put what a decision rests on into sentences.

Law: a sentence is one line and names at most ``NAMED`` things; text of an image is passed on as it
is, and whoever prints it escapes it for its medium.
"""

from collections.abc import Iterator, Sequence

from pratique.model.finding import Finding
from pratique.model.verdict import Answer, DataBasis, Reason, Verdict, Waiver, WaiverState

NAMED = 3


def list_findings(says: str, findings: Sequence[Finding]) -> str:
    """Return "2 findings: known to be exploited…: CVE-… in curl 8.1 (fixed in 8.2), …"."""
    number = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    return f"{number}: {says}: {listed([name_finding(one) for one in findings])}"


def list_doubts(says: str, messages: Sequence[str]) -> str:
    """Return what was not seen, with examples."""
    return f"{says}: {listed(sorted(messages))}"


def name_finding(finding: Finding) -> str:
    """
    Return a finding in a few words: what, in which package or file, and what ends it.
    """
    words = finding.rule
    if finding.package_name:
        words += f" in {finding.package_name} {finding.package_version}".rstrip()
    elif finding.location:
        line = f":{finding.line}" if finding.line else ""
        words += f" in {finding.location}{line}"
    if finding.fix.version:
        offer = f", {finding.fix.offer}" if finding.fix.offer else ""
        words += f" (fixed in {finding.fix.version}{offer})"
    return words


def listed(words: Sequence[str]) -> str:
    """
    Return the first few different things, and how many more there are.

    >>> listed(["a", "b", "a", "c", "d"])
    'a, b, c, and 1 more'
    """
    distinct = list(dict.fromkeys(words))
    more = len(distinct) - NAMED
    tail = f", and {more} more" if more > 0 else ""
    return ", ".join(distinct[:NAMED]) + tail


def describe_verdict(target: str, verdict: Verdict) -> Iterator[str]:
    """
    Yield the lines that tell a person a verdict: the answer, then each reason, then exceptions.

    Reasons that only were recorded (audit) are one line at the end.
    """
    policy = f"{verdict.policy.name} ({verdict.policy.sha256[:12]})"
    yield f"{verdict.answer.upper()}  {target}  under {policy}"
    if verdict.digest:
        yield f"  digest {verdict.digest}"
    for reason in verdict.reasons:
        if reason.answer is not Answer.ALLOW:
            yield from _describe(reason)
    silent = [one.rule for one in verdict.reasons if one.answer is Answer.ALLOW]
    if silent:
        yield f"  recorded only: {', '.join(silent)}"
    for waiver in verdict.waivers:
        yield f"  exception {waiver.place} ({waiver.about}): {_fate(waiver)}"
    if verdict.baseline:
        yield f"  {len(verdict.accepted)} findings are in the baseline already ({verdict.baseline})"
    for basis in verdict.data:
        yield f"  data: {describe_data(basis)}"


def _describe(reason: Reason) -> Iterator[str]:
    yield f"  {reason.answer:<9}  {reason.rule}: {reason.message}"
    if reason.fix:
        yield f"             → {reason.fix}"


def _fate(waiver: Waiver) -> str:
    if waiver.state is WaiverState.APPLIED:
        until = f" until {waiver.expires}" if waiver.expires else ""
        reason = f"{waiver.owner}: {waiver.reason}" if waiver.owner else waiver.reason
        return f"applied{until}, {len(waiver.findings)} findings; {reason}"
    if waiver.state is WaiverState.UNUSED:
        return "matches nothing here; remove it"
    words = "expired" if waiver.state is WaiverState.EXPIRED else "does not hold"
    return f"{words}: {waiver.why}"


def describe_data(basis: DataBasis) -> str:
    """
    Return whose data, when fetched and how new.

    >>> describe_data(DataBasis(ecosystem="Bitnami", feeds=(), built=""))
    'Bitnami: no data here'
    """
    if not basis.built:
        return f"{basis.ecosystem}: no data here"
    newest = f", newest record {basis.newest[:10]}" if basis.newest else ""
    return f"{basis.ecosystem} from {', '.join(basis.feeds)}, fetched {basis.built[:10]}{newest}"
