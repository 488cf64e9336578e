"""
Say what ends a finding, whatever its kind, in one clause that reads on after "you should".
"""

from pratique.formats.text import printable
from pratique.model.finding import Finding, FindingKind
from pratique.reports._places import is_doubtful
from pratique.reports._sentences import fix_step, fix_words

_STEPS = {
    FindingKind.SECRET: "revoke it, then build without it",
    FindingKind.END_OF_LIFE: "move to a release that is supported",
    FindingKind.CODE: "look at the line, and mend it",
    FindingKind.SERVICE: "send the request again, and mend what answers it",
    FindingKind.LICENCE: "decide whether its terms can be met, else replace it",
}


def step(finding: Finding) -> str:
    """
    Return what to do about a finding.

    >>> step(Finding(id="1", kind=FindingKind.CONFIG, rule="root-user"))
    'see pratique explain root-user'
    """
    fix = finding.fix
    if fix.version:
        return f"upgrade to {printable(fix_step(fix))}"
    if finding.kind is FindingKind.VULNERABILITY:
        return fix_words(fix.state)
    if finding.kind is FindingKind.MALWARE:
        return "remove it, and find out how it came in"
    if finding.kind is FindingKind.SECRET and is_doubtful(finding):
        return "look at the line if the file is yours"
    if finding.kind is FindingKind.SECRET and finding.evidence and finding.evidence[0].note:
        where = printable(finding.evidence[0].note).rstrip(".")
        return f"revoke it, then build without it: {where}"
    return _STEPS.get(finding.kind) or f"see pratique explain {printable(finding.rule)}"
