"""
Read a YAML file of an image, bounded, without giving any text a meaning.

libyaml splits the text into events; the value is built from them here. Every scalar is the text as
written, so the version ``1.10`` stays ``1.10`` and ``no`` stays ``no``; null and absent are ``""``.
Law: aliases, tags other than YAML's own, nesting over ``Limits.json_depth`` and more than
``Limits.document_values`` values are refused; the later of two equal keys wins; of several
documents the first is read. Source: YAML 1.1 and 1.2, chapter 3.1 (the event stream).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pratique.formats.documents.value import Value
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

if TYPE_CHECKING:
    from yaml.events import Event

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_OWN_TAGS = "tag:yaml.org,2002:"
_NO_OBJECTS = ("python", "perl", "ruby", "java", "js", "php")


def parse_yaml(content: bytes, limits: Limits = DEFAULT) -> Value:
    """
    Return the first document: mappings, lists and text.

    Raises:
        FormatError: no YAML, an alias, a foreign tag, or over a limit.

    >>> parse_yaml(b"packages: {ms: {version: 2.10}, x: ~}")
    {'packages': {'ms': {'version': '2.10'}, 'x': ''}}
    """
    from yaml import YAMLError  # 12 ms that only an image with such a file pays

    if content.count(b"\n") + content.count(b",") > limits.document_values:
        raise LimitExceeded(f"YAML of more than {limits.document_values} values")
    try:
        return _Builder(limits).build(_events(content))
    except YAMLError as error:
        words = " ".join(str(error).split()).replace(' in "<byte string>",', " at")
        raise FormatError(f"not YAML: {words}"[:200]) from None
    except (UnicodeError, ValueError, RecursionError):
        raise FormatError("not YAML text") from None


def _events(content: bytes) -> "Iterator[Event]":
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(content)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Builder:
    """Build the value with a stack of its own: the depth is the file's to choose."""

    def __init__(self, limits: Limits) -> None:
        self._depth = limits.json_depth
        self._room = limits.document_values
        self._open: list[dict[str, Value] | list[Value]] = []
        self._keys: list[str | None] = []
        self._root: Value = ""

    def build(self, events: "Iterator[Event]") -> Value:
        """Return the value of the first document."""
        from yaml import events as kinds

        for event in events:
            if isinstance(event, kinds.ScalarEvent):
                self._check_tag(event.tag)
                plain = not event.style and event.value in _NULLS
                self._put("" if plain else event.value)
            elif isinstance(event, kinds.MappingStartEvent):
                self._check_tag(event.tag)
                self._begin({})
            elif isinstance(event, kinds.SequenceStartEvent):
                self._check_tag(event.tag)
                self._begin([])
            elif isinstance(event, kinds.CollectionEndEvent):
                self._end()
            elif isinstance(event, kinds.AliasEvent):
                raise FormatError("the YAML uses an alias, which no lockfile needs")
            elif isinstance(event, kinds.DocumentEndEvent):
                break
        return self._root

    def _begin(self, value: dict[str, Value] | list[Value]) -> None:
        if len(self._open) >= self._depth:
            raise LimitExceeded(f"YAML is nested more than {self._depth} deep")
        if self._is_key():
            # A key that is itself a mapping has no name to look it up by.
            raise FormatError("a key of the YAML is a mapping or a list")
        self._put(value)
        self._open.append(value)
        self._keys.append(None)

    def _end(self) -> None:
        self._open.pop()
        self._keys.pop()

    def _is_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], dict) and self._keys[-1] is None

    def _put(self, value: Value) -> None:
        self._room -= 1
        if self._room < 0:
            raise LimitExceeded("YAML of too many values (document_values)")
        if not self._open:
            self._root = value
            return
        top, key = self._open[-1], self._keys[-1]
        if isinstance(top, list):
            top.append(value)
        elif key is None:
            self._keys[-1] = value if isinstance(value, str) else ""
        else:
            top[key] = value
            self._keys[-1] = None

    def _check_tag(self, tag: str | None) -> None:
        if tag in (None, "", "!"):
            return
        name = str(tag).removeprefix(_OWN_TAGS)
        if name == tag or name.startswith(_NO_OBJECTS):
            raise FormatError(f"the YAML uses the tag {str(tag)[:60]!r}, which no lockfile needs")
