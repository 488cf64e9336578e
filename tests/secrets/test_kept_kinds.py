"""Law: rules come back from a table as they were, but for their samples; what a table cannot hold is not written."""

import msgspec
import pytest
from msgspec.structs import replace

from pratique.formats.expression.shape import Shape
from pratique.model.errors import FormatError
from pratique.secrets import kept_kinds
from pratique.secrets.rules import all_rules


def without_samples(rule):
    kind = replace(rule.kind, true=(), false=())
    shape = Shape(b"", rule.shape.least, rule.shape.reach, rule.shape.width, rule.shape.ahead)
    return replace(rule, kind=kind), shape


def test_all_our_rules_come_back():
    rules = all_rules()
    back = kept_kinds.read(kept_kinds.written(rules))
    assert [without_samples(rule) for rule in back] == [without_samples(rule) for rule in rules]


@pytest.mark.parametrize("field", ["check", "proof"])
def test_a_check_without_a_name_is_not_kept(field):
    rule = all_rules()[0]
    nameless = replace(rule, kind=replace(rule.kind, **{field: lambda _value: True}))
    assert kept_kinds.written([nameless]) == b""


@pytest.mark.parametrize("own", [{"settings": "set"}, {"allowed": lambda _match, _place: True}])
def test_rules_of_a_user_are_not_kept(own):
    assert kept_kinds.written([replace(all_rules()[0], **own)]) == b""


@pytest.mark.parametrize("named", ["os:getcwd", "pratique.secrets.checksums:none", "x"])
def test_what_is_no_function_of_this_folder_is_refused(named):
    (row,) = msgspec.msgpack.decode(kept_kinds.written(all_rules()[:1]))
    check = list(kept_kinds._Row.__struct_fields__).index("check")
    with pytest.raises(FormatError):
        kept_kinds.read(msgspec.msgpack.encode([[*row[:check], named, *row[check + 1 :]]]))


@pytest.mark.parametrize("table", [b"", b"\x91\x90", b"none"])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(FormatError):
        kept_kinds.read(table)
