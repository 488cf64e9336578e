"""Records of an XML file are the elements that a plain parser finds, and nothing can expand."""

import io
from xml.etree import ElementTree

import pytest
from hypothesis import given

from pratique.formats.feeds.xml_records import records
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.rpm_samples import oval, update, updateinfo

SAMPLE = updateinfo([update("A-1", [("p", "0", "1", "2", "x86_64")]), update("A-2", [])])


def test_records_equal_a_plain_parser() -> None:
    """Tags, attributes, text and order are those of ElementTree."""
    plain = ElementTree.fromstring(SAMPLE)

    for ours, theirs in zip(records(io.BytesIO(SAMPLE), {"update"}), plain, strict=True):
        assert ours.text_of("id") == theirs.findtext("id")
        for tag in ("package", "reference", "filename"):
            expected = [(e.attrib, e.text or "") for e in theirs.iter(tag)]
            assert [(e.attributes, e.text) for e in ours.descendants(tag)] == expected


def test_namespaces_are_cut_off() -> None:
    """Elements are found by local name."""
    content = oval([("1001", "true", [("p", "less than", "1-1")])])

    (test,) = records(io.BytesIO(content), {"rpminfo_test"})

    assert test.attribute_of("object", "object_ref") == "oval:x:obj:10010"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE u [<!ENTITY x "y">]>',
        '<!DOCTYPE u SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE u [<!ENTITY % p SYSTEM "http://a.example/x">%p;]>',
    ],
)
def test_a_document_type_is_refused(prolog: str) -> None:
    """So no entity is ever declared, expanded or fetched."""
    content = f'<?xml version="1.0"?>{prolog}<a><u>text</u></a>'.encode()

    with pytest.raises(FormatError, match="document type"):
        list(records(io.BytesIO(content), {"u"}))


def test_size_and_nesting_are_bounded() -> None:
    """One record cannot grow without end, nor the stack."""
    large = b"<a><u>" + b"x" * 5000 + b"</u></a>"
    deep = b"<a>" + b"<u>" * 100 + b"</u>" * 100 + b"</a>"

    for content in (large, deep):
        with pytest.raises(LimitExceeded):
            list(records(io.BytesIO(content), {"u"}, 4000))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a><u></a>",
        b"<a><u/>",
        b"text",
        b'<?xml version="1.0" encoding="unheard-of"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="zip"?><a/>',
    ],
)
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    """Cut, ill-formed or unreadable content is an error."""
    with pytest.raises(FormatError):
        list(records(io.BytesIO(content), {"u"}))


@given(mutated(SAMPLE))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: records(io.BytesIO(c), {"update"}), content)
