"""Make the reference of policies: profiles, rules, doubts, evidence, functions, and the JSON schema."""

import json

from pratique.policy.cel.facts import FIELDS
from pratique.policy.cel.library import signatures
from pratique.policy.doubts import DOUBTS
from pratique.policy.policy_schema import policy_schema
from pratique.policy.profiles import PROFILES
from pratique.policy.rules import RULES
from tools.reference.markdown import note

_FUNCTIONS = """
Those of CEL and its extensions for strings, math, lists in `join` and `split`, encoders, optionals and
`cel.bind`; and these, most of them as Kubernetes names them. `made` is what `quantity()`, `semver()`,
`ip()`, `cidr()` and `url()` return.
"""
_VARIABLES = """
A rule with `match: finding` may name `finding`, `pkg` (the package it is in, an empty map where there is
none) and `image`; `match: package` `pkg` and `image`; `match: unknown` `unknown` and `image`;
`match: image` `image` and the lists `packages`, `findings` and `unknowns`. All may name `data` (a map
from an ecosystem to the state of its advisory data) and `now`. A field that is not known is absent: ask with
`has(finding.epss)` or `finding.?epss.orValue(0.0)`.
"""


def pages() -> dict[str, str]:
    """Return the page and the schema."""
    schema = json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\n"
    return {
        "docs/reference/policy.md": _page(),
        "docs/reference/policy.schema.json": schema,
    }


def _page() -> str:
    parts = [
        note("src/pratique/policy"),
        "# Policies\n\nThe JSON schema of policy files: [policy.schema.json](policy.schema.json). ",
        "See [write a policy](../how-to/write-a-policy.md).\n\n## Profiles\n\n",
        "".join(f"- `{name}` {one.summary}\n" for name, one in PROFILES.items()),
        "\n## Rules\n\nWhat a profile does with what a rule finds; `modes` of a policy changes it.\n\n",
        _table(
            [(one.name, one.says, [p.modes[one.name] for p in PROFILES.values()]) for one in RULES]
        ),
        "\n## Doubts\n\nWhat a verdict is where something was not seen; `doubts` of a policy changes it.\n\n",
        _table(
            [
                (name, says, [p.doubts[name] for p in PROFILES.values()])
                for name, says in DOUBTS.items()
            ]
        ),
        f"\n## Evidence\n{_VARIABLES}",
        *(_fields(name) for name in FIELDS),
        f"\n## Functions\n{_FUNCTIONS}\n",
        "".join(f"- `{one}`\n" for one in signatures()),
    ]
    return "".join(parts)


def _table(rows: list[tuple[str, str, list[object]]]) -> str:
    names = " | ".join(PROFILES)
    head = f"| Name | What is | {names} |\n| --- | --- |{' --- |' * len(PROFILES)}\n"
    body = (
        f"| `{name}` | {says} | {' | '.join(str(one) for one in cells)} |\n"
        for name, says, cells in rows
    )
    return head + "".join(body)


def _fields(name: str) -> str:
    title = {"data": "`data.ECOSYSTEM`"}.get(name, f"`{name}`")
    rows = "".join(f"| `{field}` | {words} |\n" for field, words in FIELDS[name].items())
    return f"\n### {title}\n\n| Field | What it is |\n| --- | --- |\n{rows}"
