"""
Say in plain words what a policy forbids, warns of, records, and lets pass.
"""

from collections.abc import Iterator

from pratique.model.verdict import Answer, Mode
from pratique.policy.doubts import DOUBTS
from pratique.policy.policy import Policy, UserRule
from pratique.policy.profiles import PROFILES
from pratique.policy.rules import RULES

_MODES = {
    Mode.DENY: "It denies what is",
    Mode.WARN: "It warns of what is",
    Mode.AUDIT: "It only records what is",
}
_WORTH = {
    Answer.UNDECIDED: "It is undecided where",
    Answer.WARN: "It warns where",
    Answer.ALLOW: "It only records where",
}
_LOOKS = {
    "image": "the image",
    "package": "each package",
    "finding": "each finding",
    "unknown": "each thing that was not understood",
}


def describe_policy(policy: Policy) -> Iterator[str]:
    """Yield the lines that tell a policy to a person."""
    yield f"{policy.name.name} ({policy.name.sha256[:12]})"
    extends = f"extends {policy.profile.name}, which " if policy.name.extends else ""
    yield f"  {extends}{policy.profile.summary}"
    for mode, words in _MODES.items():
        yield from _section(
            words, [(one.name, one.says) for one in RULES if policy.modes[one.name] is mode]
        )
    for worth, words in _WORTH.items():
        yield from _section(
            words, [(name, says) for name, says in DOUBTS.items() if policy.doubts[name] is worth]
        )
    yield from _figures(policy)
    yield from _own_rules(policy.rules)
    yield from _exceptions(policy)


def describe_profiles() -> Iterator[str]:
    """Yield one line for each built-in profile."""
    for name, one in PROFILES.items():
        yield f"{name:<11} {one.summary}"


def describe_rule(name: str) -> Iterator[str]:
    """Yield what a rule or a doubt is about and what each profile makes of it; nothing if unknown."""
    says = {one.name: f"{one.says}; {one.fix}" for one in RULES} | DOUBTS
    if name not in says:
        return
    kind = "doubt" if name in DOUBTS else "rule"
    yield f"{name} ({kind} of policies)"
    yield ""
    yield f"{says[name][0].upper()}{says[name][1:]}."
    worth = ", ".join(
        f"{one.name}: {one.doubts[name] if name in DOUBTS else one.modes[name]}"
        for one in PROFILES.values()
    )
    yield f"In the profiles: {worth}."
    yield ""


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield ""
        yield title
        width = max(len(name) for name, _ in rows)
        yield from (f"  {name:<{width}}  {says}" for name, says in rows)


def _figures(policy: Policy) -> Iterator[str]:
    settings = policy.settings
    yield ""
    yield "Figures"
    yield f"  a critical fix may wait {settings.fix_grace_days:g} days"
    yield f"  advisory data may be {settings.max_data_age_days:g} days old"
    yield f"  their newest record may be {settings.max_record_age_days:g} days old"
    if settings.allowed_licences:
        yield f"  allowed licences: {', '.join(settings.allowed_licences)}"


def _own_rules(rules: tuple[UserRule, ...]) -> Iterator[str]:
    for mode in (Mode.DENY, Mode.WARN, Mode.AUDIT):
        for rule in (one for one in rules if one.mode is mode):
            yield ""
            yield f"{rule.mode}  {rule.id}: {rule.message}"
            yield f"  looks at {_LOOKS[rule.match]}, fires where"
            yield from (f"    {line}" for line in rule.expression.text.strip().splitlines())
            if rule.fix:
                yield f"  what to do: {rule.fix}"


def _exceptions(policy: Policy) -> Iterator[str]:
    for one in policy.exceptions:
        scope = [
            f"in {one.package} {one.versions}".rstrip() if one.package else "",
            f"at {one.path}" if one.path else "",
            f"for images called {one.image}" if one.image else "",
        ]
        yield ""
        yield f"{' '.join(filter(None, (', '.join(one.names), *scope)))} may pass"
        yield f"  until {one.expires.isoformat()}: {one.reason} ({one.owner} answers for it)"
