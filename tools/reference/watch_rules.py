"""Make the page of our own rules for behaviour, and of the techniques that they are about."""

import re
from collections.abc import Iterable, Iterator, Mapping

from pratique.cli.explain_rules import our_rules
from pratique.detections.correlation.built_in import built_in
from pratique.detections.rules.rule import Rule
from pratique.detections.rules.types import types_of
from tools.reference.markdown import note, table

_ATTACK = "https://attack.mitre.org/techniques/"
_TECHNIQUE = re.compile(r"(T\d{4})(?:\.\d{3})?")
CONTAINERS = {
    "T1190": "Exploit Public-Facing Application",
    "T1133": "External Remote Services",
    "T1078": "Valid Accounts",
    "T1609": "Container Administration Command",
    "T1610": "Deploy Container",
    "T1053": "Scheduled Task/Job",
    "T1204": "User Execution",
    "T1098": "Account Manipulation",
    "T1136": "Create Account",
    "T1543": "Create or Modify System Process",
    "T1525": "Implant Internal Image",
    "T1611": "Escape to Host",
    "T1068": "Exploitation for Privilege Escalation",
    "T1612": "Build Image on Host",
    "T1562": "Impair Defenses",
    "T1070": "Indicator Removal",
    "T1036": "Masquerading",
    "T1550": "Use Alternate Authentication Material",
    "T1110": "Brute Force",
    "T1528": "Steal Application Access Token",
    "T1552": "Unsecured Credentials",
    "T1613": "Container and Resource Discovery",
    "T1046": "Network Service Discovery",
    "T1069": "Permission Groups Discovery",
    "T1485": "Data Destruction",
    "T1499": "Endpoint Denial of Service",
    "T1490": "Inhibit System Recovery",
    "T1498": "Network Denial of Service",
    "T1496": "Resource Hijacking",
}
"""ATT&CK's matrix for containers, by tactic: https://attack.mitre.org/matrices/enterprise/containers/."""
FALCO = {
    **{"T1190": 2, "T1610": 6, "T1053": 1, "T1204": 1, "T1098": 3, "T1543": 3, "T1611": 8},
    **{"T1070": 2, "T1552": 3, "T1046": 1, "T1485": 1, "T1496": 3},
}
"""How many of the 93 rules of falcosecurity/rules at c72713ee bear a technique of that matrix."""


def pages() -> dict[str, str]:
    """Return the page."""
    rules = sorted(our_rules().rules, key=lambda rule: rule.name)
    text = (
        note("src/pratique/detections/rules/pack")
        + f"# Rules of the watch\n\nThe {len(rules)} rules that `pratique watch` runs where no others are "
        + "named. `pratique rules show NAME` says what one asks for, `pratique rules test` runs their "
        + "samples. What judges without rules stands in [What judges behaviour](behaviour.md).\n"
        + "\n## ATT&CK for containers\n\n"
        + "A rule or sequence counts for a technique that it is tagged with; the last column counts "
        + "Falco's maintained rules (93, also those that are off). A count says that something looks "
        + "there, not how well. Drift and baselines tell of implants, masquerading and new accounts by "
        + "what they change, whatever it is called.\n\n"
        + table(["Technique", "", "Rules", "Sequences", "Falco's"], _matrix(rules))
        + "\n## Techniques of ATT&CK\n\n"
        + table(["Technique", "Rules"], list(_techniques(rules)))
        + "".join(map(_section, rules))
    )
    return {"docs/reference/watch-rules.md": text}


def techniques(tags: Iterable[str]) -> frozenset[str]:
    """
    Return the techniques among some tags, without their sub-techniques.

    >>> sorted(techniques(["container", "T1059.004"]))
    ['T1059']
    """
    return frozenset(found[1] for tag in tags if (found := _TECHNIQUE.fullmatch(tag)))


def counted(rules: Iterable[Rule]) -> Mapping[str, int]:
    """Return how many rules bear each technique of the matrix; those that none bears are left out."""
    each = [techniques(rule.tags) for rule in rules]
    counts = {one: sum(one in tags for tags in each) for one in CONTAINERS}
    return {one: count for one, count in counts.items() if count}


def _matrix(rules: Iterable[Rule]) -> list[list[str]]:
    ours = counted(rules)
    told = [techniques(sequence.tags) for sequence in built_in()]
    return [
        [
            f"[{one}]({_ATTACK}{one}/)",
            words,
            str(ours.get(one, "")),
            str(sum(one in tags for tags in told) or ""),
            str(FALCO.get(one, "")),
        ]
        for one, words in CONTAINERS.items()
    ]


def _techniques(rules: Iterable[Rule]) -> Iterator[list[str]]:
    bearing: dict[str, list[str]] = {}
    for rule in rules:
        for tag in filter(_TECHNIQUE.fullmatch, rule.tags):
            bearing.setdefault(tag, []).append(f"[`{rule.name}`](#{rule.name})")
    for tag, links in sorted(bearing.items()):
        yield [f"[{tag}]({_ATTACK}{tag.replace('.', '/')}/)", ", ".join(links)]


def _section(rule: Rule) -> str:
    tags = [tag.replace("_", " ") for tag in rule.tags if not _TECHNIQUE.fullmatch(tag)]
    samples = f"{len(rule.fires)} that fire, {len(rule.silent)} that stay silent"
    types = ", ".join(f"`{name}`" for name in sorted(types_of(rule.condition).names))
    words = " ".join(rule.desc.split()).replace("*", "\\*").replace("_", "\\_")
    return (
        f"\n## {rule.name}\n\n{words}\n\n"
        f"{rule.priority.value}; {', '.join(tags)}; samples: {samples}.\n\nLooks at {types}.\n"
    )
