"""Each name of the tables means one thing."""

from pratique.licences import _name_table as unit
from pratique.licences._folding import fold


def test_no_name_stands_for_two_licences() -> None:
    """The later line would never count."""
    meanings: dict[str, set[str]] = {}
    for line in unit._TABLE.strip().splitlines():
        expression, _, spellings = line.partition(": ")
        for spelling in spellings.split(" | "):
            meanings.setdefault(fold(spelling), set()).add(expression)

    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}
    assert "" not in meanings


def test_names_are_found_as_they_fold() -> None:
    """Both tables."""
    assert unit.names()[fold("The Apache License, version 2.0")] == "Apache-2.0"
    assert unit.exceptions()[fold("Classpath Exception")] == "Classpath-exception-2.0"
