"""
Read a large XML file record by record, safely.

Only the wanted elements are built, one at a time; the rest passes by. Law: a document type
declaration is refused, so there are no entities to expand and nothing outside is read. One record's
size and nesting are bounded. Namespaces are cut off: feeds use one meaning per local name.

Source: XML 1.0 (5th ed.); "XML External Entity Prevention" (OWASP), which DOCTYPE refusal implements.
"""

from collections.abc import Collection, Iterator
from typing import IO
from xml.parsers import expat

from msgspec import Struct

from pratique.model.errors import FormatError, LimitExceeded

_CHUNK = 1 << 18
_DEPTH = 64


class Element(Struct):
    """One element: local name, attributes by local name, own text, children in order."""

    tag: str
    attributes: dict[str, str]
    children: "list[Element]"
    text: str = ""

    def each(self, tag: str) -> "Iterator[Element]":
        """Yield the children called ``tag``."""
        return (child for child in self.children if child.tag == tag)

    def child(self, tag: str) -> "Element | None":
        """Return the first child called ``tag``."""
        return next(self.each(tag), None)

    def text_of(self, tag: str) -> str:
        """Return the text of the first child called ``tag``, without surrounding space."""
        found = self.child(tag)
        return found.text.strip() if found else ""

    def attribute_of(self, tag: str, name: str) -> str:
        """Return an attribute of the first child called ``tag``."""
        found = self.child(tag)
        return found.attributes.get(name, "") if found else ""

    def descendants(self, tag: str) -> "Iterator[Element]":
        """Yield every element called ``tag`` below this one, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            if element.tag == tag:
                yield element
            waiting.extend(reversed(element.children))


def records(
    stream: IO[bytes], tags: Collection[str], max_bytes: int = 16 << 20
) -> Iterator[Element]:
    """
    Yield each outermost element whose local name is in ``tags``.

    Raises:
        FormatError: not well-formed, cut short, or with a document type declaration.
        LimitExceeded: a record is larger than ``max_bytes`` or nested too deeply.

    >>> from io import BytesIO
    >>> [r.text_of("id") for r in records(BytesIO(b"<a><u><id>1</id></u><u/></a>"), {"u"})]
    ['1', '']
    """
    builder = _Builder(tags, max_bytes)
    parser = builder.parser()
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from builder.take()
        parser.Parse(b"", True)
        yield from builder.take()
    except expat.ExpatError as error:
        raise FormatError(f"not well-formed XML: {error}") from None
    except (ValueError, LookupError) as error:  # an encoding that cannot be used
        raise FormatError(f"not readable XML: {error}") from None


class _Builder:
    """Collect the wanted elements while expat reports starts, ends and text."""

    def __init__(self, tags: Collection[str], max_bytes: int) -> None:
        self._tags = frozenset(tags)
        self._max = max_bytes
        self._open: list[Element] = []
        self._text: list[list[str]] = []
        self._done: list[Element] = []
        self._bytes = 0

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse
        return parser

    def take(self) -> list[Element]:
        """Return the finished records and forget them."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if not self._open and tag not in self._tags:
            return
        if len(self._open) >= _DEPTH:
            raise LimitExceeded(f"XML is nested more than {_DEPTH} deep")
        self._count(len(name) + sum(map(len, attributes.values())) + 64)
        element = Element(tag, {_local(key): value for key, value in attributes.items()}, [])
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._text.append([])

    def _end(self, name: str) -> None:
        if not self._open:
            return
        element = self._open.pop()
        element.text = "".join(self._text.pop())
        if not self._open:
            self._done.append(element)
            self._bytes = 0

    def _characters(self, text: str) -> None:
        if self._open:
            self._count(len(text))
            self._text[-1].append(text)

    def _count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > self._max:
            raise LimitExceeded(f"one XML record is larger than {self._max} bytes")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(name: str, system: str | None, public: str | None, internal: bool) -> None:
    raise FormatError("the XML declares a document type, which no feed needs")
