"""What can never be compared is refused at load; Falco's own cases agree."""

from pathlib import Path

import pytest

from pratique.detections.rules.checking import (
    UnknownField,
    check_condition,
    fields_read,
)
from pratique.detections.rules.comparing import Incomparable
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import interpreted
from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.syntax import FieldRef
from tests.makers.conditions import MOCK, grammar_rows

TEXTUAL = {
    name: one
    for name, one in MOCK.items()
    if name in ("c.buffer", "c.singlequote", "c.doublequote")
}


def _mock(name: str) -> object:
    return MOCK["c.name"].__class__(name=name, kind=MOCK["c.name"].kind, doc="")


def test_cases_of_falcos_compiler(shared: Path) -> None:
    """Operators, kinds, constants and fields go together exactly where Falco says so."""
    # Falco's c.true and c.false take any operator, as texts do here.
    fields = {**all_fields(), **TEXTUAL, "c.true": _mock("c.true"), "c.false": _mock("c.false")}
    for row in grammar_rows(shared):
        if row.stage != "compile":
            continue
        remarks, valid = _outcome(row.text, fields)
        assert valid == row.valid, row
        if row.note.startswith("warnings"):
            assert remarks == int(row.note.split()[-1]), row


def _outcome(text: str, fields: object) -> tuple[int, bool]:
    try:
        tree = parse_condition(text)
        remarks = check_condition(tree, fields)  # type: ignore[arg-type]
        interpreted(tree, fields)  # type: ignore[arg-type]
    except (ConditionError, Incomparable):
        return 0, False
    return len(remarks), True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("proc.nme = x", "unknown field 'proc.nme'"),
        ("shell", "neither a macro nor a field"),
        ("evt.arg = x", "needs an argument"),
        ("proc.name[1] = x", "takes no argument"),
        ("proc.aname[x] = y", "takes a number"),
        ("proc.pid contains 1", "does not compare a number"),
        ("proc.name in shells", "'shells' is no list"),
        ("fd.net = nowhere", "is no network"),
        ("proc.name regex '('", "no expression"),
        ("proc.name = val(proc.pid)", "a text is never equal to a number"),
        ("proc.name regex val(proc.pname)", "does not compare with another field"),
        ("fd.ip = val(fd.sip)", "not compared with another field"),
        ("tolower(proc.pid) = 1", "takes a text"),
        ("len(proc.aname) = 1", "cannot be transformed"),
        ("tolower(proc.name, proc.pname) = x", "takes one value"),
        ("join(proc.name, proc.pname) = x", "takes a separator and a list"),
        ("concat(proc.name) = x", "takes at least two values"),
        ('getopt(proc.name, "x")[x] = y', "takes a list of arguments"),
        ('getopt(proc.args, "x")[xy] = y', "takes one letter"),
        ("join(proc.name) = x", "takes two values"),
        ('getopt(proc.args, "x") = y', "compared by in, intersects and exists"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(Incomparable) as caught:
        check_condition(parse_condition(text))

    assert words in str(caught.value)
    assert caught.value.hint()


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(UnknownField) as caught:
        check_condition(parse_condition("proc.nme = x"))

    assert caught.value.name == "proc.nme"


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("proc.name = proc.pname", 1),
        ("proc.name = 'tolower(proc.pname)'", 1),
        ("proc.name regex .*abc", 1),
        ("proc.name regex a.c", 0),
        ("proc.name in (a, fd.name)", 1),
        ("proc.name = sh", 0),
    ],
)
def test_likely_mistakes(text: str, remarks: int) -> None:
    assert len(check_condition(parse_condition(text))) == remarks


def test_all_fields_that_are_read_are_found() -> None:
    """Inside transformers and on the right side too."""
    tree = parse_condition(
        'a.b = 1 and not (c.d[1] exists or join("-", (e.f, tolower(g.h))) = val(i.j))'
    )

    assert fields_read(tree) == {
        FieldRef("a.b"),
        FieldRef("c.d", "1"),
        FieldRef("e.f"),
        FieldRef("g.h"),
        FieldRef("i.j"),
    }
