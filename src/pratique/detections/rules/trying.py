"""
Run the samples that rules carry: ``fires`` has to make a rule true, ``silent`` must not.

A sample is a map from fields to values, as a rule writes them; a field it does not name is missing.
Laws: the rule is judged alone, by the interpreter, so a sample holds whatever other rules say; a
sample that names an unknown field, or a value that is none of its kind, is wrong, not silent.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.detections.rules.checking import Fields, field_of
from pratique.detections.rules.comparing import Incomparable, constant
from pratique.detections.rules.fields.field import Kind
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import interpreted, sample_reader
from pratique.detections.rules.rule import Rule, RuleSet
from pratique.formats.falco.document import Sample
from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.parsing import parse_field
from pratique.formats.falco.syntax import FieldRef


class Tried(Struct, frozen=True, kw_only=True):
    """What became of one sample; ``problem`` is empty where it did what it should."""

    rule: str
    path: str
    line: int
    should_fire: bool
    problem: str = ""


def try_samples(rules: RuleSet) -> Iterator[Tried]:
    """Yield what became of every sample of every rule, rules that are not enabled among them."""
    for rule in rules.rules:
        yield from try_rule(rule)


def try_rule(rule: Rule) -> Iterator[Tried]:
    """Yield what became of every sample of a rule."""
    fields = all_fields()
    holds = interpreted(rule.condition, fields)
    for samples, should_fire in ((rule.fires, True), (rule.silent, False)):
        for sample in samples:
            problem = _wrong(sample, fields)
            if not problem and holds(sample_reader(dict(sample.fields), fields)) != should_fire:
                problem = "did not fire" if should_fire else "fired"
            yield Tried(
                rule=rule.name,
                path=rule.path,
                line=sample.line,
                should_fire=should_fire,
                problem=problem,
            )


def _wrong(sample: Sample, fields: Fields) -> str:
    """Return what is wrong with a sample itself, nothing if it is well-formed."""
    for name, value in sample.fields:
        try:
            reference = parse_field(name)
            if not isinstance(reference, FieldRef):
                return f"{name[:60]!r} is no field"
            kind = field_of(reference, fields).kind
            for text in (value,) if isinstance(value, str) else value:
                constant(Kind.ADDRESS if kind is Kind.NET else kind, text)
        except (ConditionError, Incomparable) as error:
            return f"{name[:60]}: {error}"
    return ""
