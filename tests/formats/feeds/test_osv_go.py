"""Prove that where a flaw is and what releases have it is read as the Go database means it."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.osv import parse
from pratique.formats.feeds.osv_go import MAX_SYMBOLS, imports_of, own_ranges
from pratique.model.advisory import Import, Range

_OPEN = Range(kind="SEMVER")


def _raw(value) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(value).encode())


def test_imports_keep_path_symbols_and_platforms():
    """Everything the matcher judges by is kept, in the order of the record."""
    one = {"path": "os/exec", "symbols": ["LookPath", "Cmd.Run"], "goos": ["windows"]}

    assert imports_of(_raw({"imports": [one, {"path": "html"}]})) == (
        Import("os/exec", ("LookPath", "Cmd.Run"), ("windows",)),
        Import("html"),
    )


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"imports": None},
        {"imports": [{"symbols": ["F"]}]},
        {"imports": "html"},
        {"imports": [{"path": "html", "symbols": ["f"] * (MAX_SYMBOLS + 1)}]},
    ],
    ids=["none", "null", "no path", "of another type", "too many"],
)
def test_what_is_not_understood_names_nothing(value):
    """A statement that cannot be read as the database writes it speaks of the whole module."""
    assert imports_of(_raw(value)) == ()


def _custom(*events):
    return _raw({"custom_ranges": [{"type": "ECOSYSTEM", "events": list(events)}]})


def test_own_releases_replace_a_range_without_an_end():
    """An open range of every version gives way to the releases the publisher names."""
    found = own_ranges((_OPEN,), _custom({"introduced": "0"}, {"fixed": "8.1.8"}))

    assert found == (Range("0", "8.1.8"),)


def test_made_up_versions_stay_affected():
    """A version that Go made for want of a tag cannot be told from any release."""
    found = own_ranges((_OPEN,), _custom({"introduced": "9.0.0"}, {"fixed": "9.1.8"}))

    assert found == (Range("9.0.0", "9.1.8"), Range("0", "", "0.0.0"))


def test_a_range_with_an_end_stands():
    """Where the record knows the fixed version as Go names it, that is the answer."""
    ranges = (Range("0", "0.17.7", kind="SEMVER"),)

    assert own_ranges(ranges, _custom({"introduced": "0"}, {"fixed": "17.0.7"})) == ranges


def test_a_record_carries_its_imports():
    """The whole way: a record of the Go database as an advisory."""
    record = {
        "id": "GO-2099-0001",
        "affected": [
            {
                "package": {"ecosystem": "Go", "name": "example.org/m"},
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
                "ecosystem_specific": {
                    "imports": [{"path": "example.org/m/p", "symbols": ["F"]}],
                    "custom_ranges": [{"events": [{"introduced": "0"}, {"fixed": "4.0.0"}]}],
                },
            }
        ],
    }

    affected = parse(json.dumps(record).encode(), feed="osv").affected[0]

    assert affected.imports == (Import("example.org/m/p", ("F",)),)
    assert [one.fixed for one in affected.ranges] == ["4.0.0"]
    assert affected.state == "fixed"


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_quietly(content):
    """The field is free-form: whatever stands there, the record stays readable."""
    raw = msgspec.Raw(b'"imports""custom_ranges"' + content)

    assert imports_of(raw) == ()
    assert own_ranges((_OPEN,), raw) == (_OPEN,)
