"""One model lies over another by the rules of Compose."""

import pytest

from pratique.formats.compose.merging import merged
from pratique.formats.compose.values import Value, values_of
from pratique.formats.documents.yaml_nodes import read_nodes


def value(text: str) -> Value:
    """Return the values of a text."""
    return values_of("f", read_nodes(text.encode())[0].root, {})


def plain(one: Value) -> object:
    """Return a value as Python has it."""
    if one.fields:
        return {key: plain(below) for key, below in one.fields.items()}
    return [plain(item) for item in one.items] if one.items else one.text


@pytest.mark.parametrize(
    ("below", "above", "wanted"),
    [
        ("{a: 1, b: {c: 1}}", "{a: 2, b: {d: 3}}", {"a": "2", "b": {"c": "1", "d": "3"}}),
        ("{dns: [a]}", "{dns: [b]}", {"dns": ["a", "b"]}),
        ("{command: [a, b]}", "{command: [c]}", {"command": ["c"]}),
        ("{ports: ['80:80', '1:1']}", "{ports: ['80:80']}", {"ports": ["1:1", "80:80"]}),
        ("{volumes: ['a:/x', 'b:/y']}", "{volumes: ['c:/x']}", {"volumes": ["b:/y", "c:/x"]}),
        (
            "{volumes: ['a:/x']}",
            "{volumes: [{source: b, target: /x}]}",
            {"volumes": [{"source": "b", "target": "/x"}]},
        ),
        (
            "{environment: [A=1, B=2]}",
            "{environment: {A: 3}}",
            {"environment": {"A": "3", "B": "2"}},
        ),
        ("{environment: {A: 3}}", "{environment: [C]}", {"environment": {"A": "3", "C": ""}}),
        ("{a: 1, b: 2}", "{a: !reset null}", {"b": "2"}),
        ("{ports: ['1:1']}", "{ports: !override ['2:2']}", {"ports": ["2:2"]}),
        ("{a: {b: 1}}", "{a: 2}", {"a": "2"}),
    ],
)
def test_merging(below: str, above: str, wanted: object):
    """Mappings by key, lists grow, some are replaced, some are told apart by their target."""
    assert plain(merged(value(below), value(above))) == wanted


def test_a_value_keeps_its_place():
    """What is merged in is still where it was written."""
    one = merged(value("a: 1\nb: 2"), value("\n\nb: 3"))
    assert [one.at(key).node.line for key in "ab"] == [1, 3]
