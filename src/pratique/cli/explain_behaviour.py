"""
Say what judges behaviour: rules of drift and of baselines, sequences, kinds of profile.
"""

from collections.abc import Iterator, Mapping

from pratique.cli import explain_rules
from pratique.detections.baseline import detector
from pratique.detections.correlation.built_in import built_in
from pratique.detections.correlation.language import Sequence, Step
from pratique.detections.drift import saying
from pratique.kit import registry
from pratique.pipelines.learn_baseline import PROFILES

RULES: Mapping[str, Mapping[str, str]] = {
    "drift": saying.RULES,
    "baseline": detector.RULES,
}
"""What each detector says, by rule."""


def behaviour_words(name: str) -> Iterator[str]:
    """Yield paragraphs on everything of this name; nothing where there is none."""
    for kind, rules in RULES.items():
        if name in rules:
            yield f"{name} (rule of {kind})"
            yield rules[name]
    for sequence in built_in():
        if name == sequence.name:
            yield from sequence_words(sequence)
    for unit in registry.load(PROFILES).values():
        if name == unit.NAME:
            yield f"{name} (kind of profile): {unit.TITLE}"
            yield registry.summary(unit)


def summaries(kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each rule, sequence or kind of profile, and a line on it."""
    if kind == "rules":
        yield from explain_rules.summaries()
        for detector_name, rules in RULES.items():
            yield from ((rule, f"{words} ({detector_name})") for rule, words in rules.items())
    elif kind == "sequences":
        yield from ((one.name, one.title) for one in built_in())
    else:
        yield from ((unit.NAME, unit.TITLE) for unit in registry.load(PROFILES).values())


def sequence_words(sequence: Sequence) -> Iterator[str]:
    """Yield what a sequence is about, in words."""
    yield f"{sequence.name} (sequence, {sequence.priority})"
    yield f"{sequence.title}. {sequence.why}".strip()
    order = "in this order" if sequence.order == "listed" else "in any order"
    seconds = sequence.within_ns // 1_000_000_000
    same = sequence.same.value.replace("_", " ")
    yield f"Of one {same}, within {seconds} s, {order}:"
    for number, step in enumerate(sequence.steps, 1):
        yield f"{number}. {step_words(step)}"
    yield f"Techniques: {', '.join(sequence.tags)}"


def step_words(step: Step) -> str:
    """
    Return what a step asks for.

    >>> step_words(Step(name="guess", tags=("T1110",), count=5))
    'guess: alerts tagged T1110, 5 of them'
    """
    named = [f"rules {', '.join(step.rules)}"] if step.rules else []
    named += [f"tagged {', '.join(step.tags)}"] if step.tags else []
    words = [" or ".join(named) or "any rule"]
    if step.priority != "Debug":
        words.append(f"{step.priority} or graver")
    if step.where:
        words.append(f"of the {step.where}")
    if step.count > 1:
        of = f"{step.count} different values of {step.distinct}" if step.distinct else ""
        words.append(of or f"{step.count} of them")
    if step.unless:
        words.append(f"but not {', '.join(step.unless)}")
    words += ["if it comes"] if step.optional else []
    return f"{step.name}: alerts {', '.join(words)}"
