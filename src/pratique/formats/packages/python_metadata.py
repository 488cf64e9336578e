"""
Read the header of Python's core metadata (``METADATA``, ``PKG-INFO``).

The format is that of e-mail headers: ``Field: value``, continuation lines begin with a blank, the
first line that is neither ends the header. What follows (the description) is not looked at.
Law: the first of repeated single fields counts, as ``importlib.metadata`` has it; a name or version
that is missing or no word is "".
Bounds: linear; the caller hands in at most ``HEADER_BYTES``.
Source: https://packaging.python.org/en/latest/specifications/core-metadata/, PEP 566, PEP 639.
"""

from collections.abc import Iterator
from io import BytesIO

from msgspec import Struct

from pratique.formats.packages.damaged import is_word

HEADER_BYTES = 1 << 20
"""Bytes in which a header must end; the largest real ones (apache-airflow) stay under 128 KiB."""
_SINGLE = frozenset(("name", "version", "license", "license-expression"))
_REPEATED = frozenset(("classifier", "requires-dist"))
_LICENCE_CLASSIFIER = "License ::"
_LICENCE_CHARS = 100
_NO_LICENCES = frozenset(("", "UNKNOWN", "License :: OSI Approved"))
_NAME_ENDS = frozenset(" \t([<>=!~;@,")


class PythonMetadata(Struct, frozen=True, kw_only=True):
    """
    What a header says.

    ``licences`` are the SPDX expression where it has one, else the ``License`` field if it is one
    short line, else the ends of the licence classifiers (``MIT License``). ``requires`` are the
    names it needs in every environment and without extras, as written.
    """

    name: str
    version: str
    licences: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()


def parse_metadata(content: bytes) -> PythonMetadata:
    """
    Return what the header at the start of ``content`` says.

    >>> parse_metadata(b"Name: Flask\\nVersion: 2.0\\nRequires-Dist: click (>=8)\\n\\nName: no").name
    'Flask'
    """
    single: dict[str, str] = {}
    repeated: dict[str, list[str]] = {field: [] for field in _REPEATED}
    for field, value in _fields(content):
        if field in _SINGLE:
            single.setdefault(field, value)
        elif field in _REPEATED:
            repeated[field].append(value)
    name, version = single.get("name", "").strip(), single.get("version", "").strip()
    return PythonMetadata(
        name=name if is_word(name) else "",
        version=version if is_word(version) else "",
        licences=_licences(single, repeated["classifier"]),
        requires=_requires(repeated["requires-dist"]),
    )


def requirement_name(requirement: str) -> str:
    """
    Return the name a requirement of PEP 508 begins with.

    >>> requirement_name("requests[socks] (>=2.0) ; extra == 'x'")
    'requests'
    """
    for at, char in enumerate(requirement):
        if char in _NAME_ENDS:
            return requirement[:at]
    return requirement


def _fields(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields, lower case, and their values, continuation lines behind a newline."""
    field, value = "", ""
    for raw in BytesIO(content):
        line = raw.decode(errors="replace").rstrip("\r\n")
        if line[:1] in (" ", "\t"):
            # Only a licence text is of any length here, and only its first line is used.
            if field and len(value) <= _LICENCE_CHARS:
                value += "\n" + line.strip()
            continue
        if field:
            yield field, value
        field, colon, value = line.partition(":")
        if not colon or not field or not (field.isascii() and field.isprintable()) or " " in field:
            return
        field, value = field.lower(), value.strip()
    if field:
        yield field, value


def _licences(single: dict[str, str], classifiers: list[str]) -> tuple[str, ...]:
    if expression := single.get("license-expression", "").strip():
        return (expression,)
    stated = single.get("license", "").strip()
    if stated not in _NO_LICENCES and "\n" not in stated and len(stated) <= _LICENCE_CHARS:
        return (stated,)
    wanted = (one for one in classifiers if one.startswith(_LICENCE_CLASSIFIER))
    ends = (one.rpartition("::")[2].strip() for one in wanted if one not in _NO_LICENCES)
    return tuple(sorted(set(ends) - {""}))


def _requires(requirements: list[str]) -> tuple[str, ...]:
    names = (requirement_name(one.strip()) for one in requirements if ";" not in one)
    return tuple(sorted({name for name in names if is_word(name)}))
