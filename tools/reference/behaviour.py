"""Make the page of what judges behaviour: drift, baselines, sequences, profiles."""

from pratique.cli.explain_behaviour import RULES, step_words
from pratique.detections.correlation.built_in import built_in
from pratique.detections.correlation.language import Sequence
from pratique.kit import registry
from pratique.pipelines.learn_baseline import PROFILES
from tools.reference.markdown import note, table

TITLES = {
    "drift": "Drift: what runs and was not in the image",
    "baseline": "Baselines: what a workload never did",
}


def pages() -> dict[str, str]:
    """Return the page."""
    text = (
        note("src/pratique/detections")
        + "# What judges behaviour\n\n`pratique explain NAME` says the same on a terminal.\n"
    )
    for kind, rules in RULES.items():
        rows = [[f"`{name}`", words] for name, words in rules.items()]
        text += f"\n## {TITLES[kind]}\n\n" + table(["Rule", "Says that"], rows)
    text += "\n## Sequences: several alerts, one story\n"
    text += "".join(map(_sequence, built_in()))
    units = registry.load(PROFILES).values()
    rows = [[f"`{unit.NAME}`", unit.TITLE, f"`{unit.SUFFIX}`"] for unit in units]
    text += "\n## Profiles: the least rights\n\n" + table(["Kind", "What", "File"], rows)
    return {"docs/reference/behaviour.md": text}


def _sequence(one: Sequence) -> str:
    steps = "".join(f"{at}. {step_words(step)}\n" for at, step in enumerate(one.steps, 1))
    seconds = one.within_ns // 1_000_000_000
    same = one.same.value.replace("_", " ")
    facts = (
        f"{one.priority}; one {same}, within {seconds} s, {one.order} order; {', '.join(one.tags)}"
    )
    return f"\n### `{one.name}`\n\n{one.title}. {one.why}\n\n{facts}\n\n{_plain(steps)}"


def _plain(text: str) -> str:
    return text.replace("*", "\\*").replace("_", "\\_")
