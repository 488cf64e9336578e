"""
Read what tags of rules say of ATT&CK: ``T1059.004``, ``mitre_execution``.

Source: MITRE ATT&CK Enterprise v15, the tactics' ids (https://attack.mitre.org/tactics/enterprise/).
"""

import re
from collections.abc import Sequence

from msgspec import Struct

ATTACK_VERSION = "15.1"
_TECHNIQUE = re.compile(r"T[0-9]{4}(?:\.[0-9]{3})?")
_TACTICS = {
    "reconnaissance": ("TA0043", "Reconnaissance"),
    "resource_development": ("TA0042", "Resource Development"),
    "initial_access": ("TA0001", "Initial Access"),
    "execution": ("TA0002", "Execution"),
    "persistence": ("TA0003", "Persistence"),
    "privilege_escalation": ("TA0004", "Privilege Escalation"),
    "defense_evasion": ("TA0005", "Defense Evasion"),
    "credential_access": ("TA0006", "Credential Access"),
    "discovery": ("TA0007", "Discovery"),
    "lateral_movement": ("TA0008", "Lateral Movement"),
    "collection": ("TA0009", "Collection"),
    "exfiltration": ("TA0010", "Exfiltration"),
    "command_and_control": ("TA0011", "Command and Control"),
    "impact": ("TA0040", "Impact"),
}


class Tactic(Struct, frozen=True):
    """One tactic: its id and name."""

    id: str
    name: str


def techniques(tags: Sequence[str]) -> tuple[str, ...]:
    """
    Return the ids of techniques among tags, in their order, each once.

    >>> techniques(("container", "T1611", "T1059.004", "T1611"))
    ('T1611', 'T1059.004')
    """
    return tuple(dict.fromkeys(tag for tag in tags if _TECHNIQUE.fullmatch(tag)))


def tactics(tags: Sequence[str]) -> tuple[Tactic, ...]:
    """
    Return the tactics among tags; those of Falco begin with ``mitre_``.

    >>> tactics(("mitre_impact", "mitre_unheard_of"))
    (Tactic(id='TA0040', name='Impact'),)
    """
    found = (_TACTICS.get(tag.removeprefix("mitre_")) for tag in tags if tag.startswith("mitre_"))
    return tuple(Tactic(*one) for one in dict.fromkeys(found) if one is not None)
