"""Make the page of rules: findings that are no published flaw, in the words of `explain`."""

from pratique.cli.explain import rules
from tools.reference.markdown import note


def pages() -> dict[str, str]:
    """Return the page."""
    text = (
        note("RULES in src/pratique: matchers, tamper, malware, checks, licences")
        + "# Rules\n\n"
        + "A finding that is no published flaw names one of these rules. "
        + "The same words: `pratique explain RULE`. Found credentials name their kind instead: see "
        + "[Secrets](secrets/index.md).\n"
        + "".join(f"\n## `{rule}`\n\n{words}\n" for rule, words in sorted(rules().items()))
    )
    return {"docs/reference/rules.md": text}
