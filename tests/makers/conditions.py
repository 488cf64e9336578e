"""Make conditions of the rule language at random, and the rows of Falco's own cases."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from pratique.detections.rules.fields.field import Field, Kind, field
from pratique.formats.falco.syntax import (
    MODIFIERS,
    NUMERIC,
    TEXTUAL,
    TRANSFORMERS,
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    ListRef,
    Macro,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)


class Row(NamedTuple):
    """One case of Falco's tests of its grammar."""

    text: str
    valid: bool
    stage: str
    note: str


def grammar_rows(shared: Path) -> Iterator[Row]:
    """Yield the cases of the grammar and of what compares with what."""
    for line in _lines(shared, "filter-grammar.tsv"):
        text, expected, stage, _, note = (*line.split("\t"), "")[:5]
        yield Row(json.loads(text), expected == "valid", stage, note)


def boolean_rows(shared: Path) -> Iterator[tuple[str, bool]]:
    """Yield conditions on the fields of ``MOCK``, and what they come to."""
    for line in _lines(shared, "filter-boolean.tsv"):
        text, result, *_ = line.split("\t")
        yield json.loads(text), result == "true"


def _lines(shared: Path, name: str) -> list[str]:
    text = (shared / "fixtures/falco-rules" / name).read_text(encoding="utf-8")
    return text.splitlines()[1:]


def _number(_: object) -> int:
    return 1


MOCK: dict[str, Field] = {
    one.name: one
    for one in (
        field("c.true", Kind.NUMBER, "e", "always 1", _number),
        field("c.false", Kind.NUMBER, "e", "always 0", lambda _: 0),
        field("c.pid", Kind.NUMBER, "e", "a number", _number),
        field("c.name", Kind.TEXT, "e", "a text", lambda _: "name"),
        field("c.buffer", Kind.BYTES, "e", "bytes", lambda _: "buffer"),
        field("c.singlequote", Kind.TEXT, "e", "quotes", lambda _: "hello 'quoted'"),
        field("c.doublequote", Kind.TEXT, "e", "quotes", lambda _: 'hello "quoted"'),
    )
}
"""The fields that Falco's tests make up."""

_words = st.from_regex(r"[a-z]{1,6}[0-9]?", fullmatch=True).filter(
    lambda word: word not in ("and", "or", "not")
)
_names = st.lists(_words, min_size=2, max_size=3).map(".".join)
_anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
_bare = st.from_regex(r"[a-z0-9/._*-]{1,8}", fullmatch=True)
_numbers = st.integers(-9, 99).map(lambda number: Text(str(number), bare=True))
_fields = st.builds(
    FieldRef, _names, st.one_of(st.none(), st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True))
)
_texts = st.one_of(st.builds(Text, _anything), st.builds(lambda text: Text(text, bare=True), _bare))
_parts = st.one_of(_fields, _numbers, st.builds(Text, _anything))
_items = st.builds(Items, st.lists(_parts, max_size=3).map(tuple))
_transforms = st.builds(
    Transform,
    st.sampled_from(TRANSFORMERS),
    st.lists(st.one_of(_parts, _items), min_size=1, max_size=2).map(tuple),
)
_others = st.one_of(_transforms, st.builds(lambda one: Transform("val", (FieldRef(one),)), _names))
_lefts = st.one_of(_fields, _transforms)
_lists = st.one_of(
    st.builds(Texts, st.lists(_texts, max_size=3).map(tuple)), st.builds(ListRef, _words)
)
_checks = st.one_of(
    st.builds(Check, _lefts, st.just("exists")),
    st.builds(Check, _lefts, st.sampled_from(NUMERIC), st.one_of(_numbers, _others)),
    st.builds(Check, _lefts, st.sampled_from(TEXTUAL), st.one_of(_texts, _others)),
    st.builds(Check, _lefts, st.sampled_from(TEXTUAL), _lists, st.sampled_from(MODIFIERS)),
    st.builds(Check, _lefts, st.sampled_from(("in", "intersects", "pmatch")), _lists),
)


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(And, several), st.builds(Or, several), st.builds(Not, inner))


trees: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(_checks, st.builds(Macro, _words)), _joined, max_leaves=8
)
"""Any tree that the grammar can write, of fields that nobody knows."""
