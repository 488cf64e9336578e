"""
Read a file of Falco rules: lists, macros, rules, and what engine they ask for.

The file is a YAML list of items; here each becomes a value with the line it stands on, and nothing
is joined yet. Laws: a key that Falco does not know is kept by name and changes nothing; a key of
the wrong shape is an error with its line. Anchors, aliases and tags are refused, as in every YAML
that people write for this program. Our own keys of a rule are ``references``, ``fires`` and ``silent``: lists of
samples, each a map from a field to its value. Source: https://falco.org/docs/rules/.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from pratique.formats.documents.placed_yaml import MisplacedYaml, Placed, parse_placed
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError

MAX_ENTRIES = 20_000
MAX_SAMPLE_FIELDS = 64

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_RULE_KEYS = frozenset(
    [
        "rule",
        "desc",
        "condition",
        "output",
        "priority",
        "source",
        "enabled",
        "tags",
        "exceptions",
        "capture",
        "capture_duration",
        "warn_evttypes",
        "skip-if-unknown-filter",
        "append",
        "override",
        "fires",
        "references",
        "silent",
    ]
)


class MisplacedRule(FormatError):
    """Report an item that is not well-formed, with its ``line`` from 1."""

    fix = "see docs/reference/rules-language.md"

    def __init__(self, message: str, line: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.line = line


class Worded(Struct, frozen=True):
    """A text of the file and the line on which it begins."""

    text: str
    line: int


class ExceptionEntry(Struct, frozen=True, kw_only=True):
    """
    One exception of a rule; what is None was not written.

    ``fields`` and ``comps`` of a single field are one text, of several a list: the difference
    decides what ``values`` means. A value of a tuple is a text or a list of texts.
    """

    name: str
    line: int
    fields: tuple[str, ...] | None = None
    single: bool = False
    comps: tuple[str, ...] | None = None
    values: "tuple[str | tuple[str | tuple[str, ...], ...], ...] | None" = None


class Sample(Struct, frozen=True):
    """What fields hold in one example; a field of several values holds a list."""

    fields: tuple[tuple[str, str | tuple[str, ...]], ...]
    line: int


class ListEntry(Struct, frozen=True, kw_only=True):
    """A list, or an addition to one."""

    name: str
    line: int
    items: tuple[str, ...]
    append: bool = False


class MacroEntry(Struct, frozen=True, kw_only=True):
    """A macro, or an addition to one."""

    name: str
    line: int
    condition: Worded
    append: bool = False


class RuleEntry(Struct, frozen=True, kw_only=True):
    """
    A rule, or a change of one; what is None was not written.

    ``override`` maps keys to ``append`` or ``replace``; ``append`` is the old way to say so.
    """

    name: str
    line: int
    condition: Worded | None = None
    output: Worded | None = None
    desc: str | None = None
    priority: Worded | None = None
    source: str | None = None
    enabled: bool | None = None
    tags: tuple[str, ...] | None = None
    exceptions: tuple[ExceptionEntry, ...] | None = None
    warn_evttypes: bool | None = None
    skip_if_unknown: bool | None = None
    append: bool = False
    override: Mapping[str, str] = {}
    fires: tuple[Sample, ...] = ()
    silent: tuple[Sample, ...] = ()
    others: tuple[Worded, ...] = ()
    references: tuple[str, ...] = ()


class EngineEntry(Struct, frozen=True):
    """The version of Falco's engine that a file asks for, as three numbers."""

    version: tuple[int, int, int]
    line: int


class PluginsEntry(Struct, frozen=True):
    """The plugins that a file asks for, by name."""

    names: tuple[str, ...]
    line: int


Entry: TypeAlias = ListEntry | MacroEntry | RuleEntry | EngineEntry | PluginsEntry


def parse_rules(content: bytes, limits: Limits = DEFAULT) -> tuple[Entry, ...]:
    """
    Return the items of a file, in order.

    Raises:
        MisplacedRule: an item is not well-formed.
        FormatError: no YAML text, or over a limit.

    >>> parse_rules(b"- list: shells\\n  items: [sh, bash]")[0].items
    ('sh', 'bash')
    """
    try:
        document = parse_placed(content, limits)
    except MisplacedYaml as error:
        raise MisplacedRule(str(error), error.line) from None
    if document.text == "":
        return ()
    if document.items is None:
        raise MisplacedRule("rules are a list of items", document.line)
    if len(document.items) > MAX_ENTRIES:
        raise MisplacedRule(f"more than {MAX_ENTRIES} items", document.line)
    return tuple(found for item in document.items for found in _entry(item))


def _entry(item: Placed) -> Iterator[Entry]:
    fields = item.fields
    if fields is None:
        raise MisplacedRule("an item is a map that begins with rule, macro or list", item.line)
    if "rule" in fields:
        yield _rule(item, fields)
    elif "macro" in fields:
        yield _macro(item, fields)
    elif "list" in fields:
        yield _list(item, fields)
    elif "required_engine_version" in fields:
        yield EngineEntry(_version(fields["required_engine_version"]), item.line)
    elif "required_plugin_versions" in fields:
        yield PluginsEntry(_plugins(fields["required_plugin_versions"]), item.line)
    # An item of a kind that a newer engine knows is not ours to judge.


def _list(item: Placed, fields: Mapping[str, Placed]) -> ListEntry:
    if "items" not in fields:
        raise MisplacedRule("a list has no items", item.line)
    override = _override(fields, {"items"})
    appended = _flag(fields, "append") or override.get("items") == "append"
    items = _texts(fields["items"])
    return ListEntry(name=_name(fields["list"]), line=item.line, items=items, append=appended)


def _macro(item: Placed, fields: Mapping[str, Placed]) -> MacroEntry:
    condition = _worded(fields, "condition")
    if condition is None:
        raise MisplacedRule("a macro has no condition", item.line)
    override = _override(fields, {"condition"})
    appended = _flag(fields, "append") or override.get("condition") == "append"
    name = _name(fields["macro"])
    return MacroEntry(name=name, line=item.line, condition=condition, append=bool(appended))


def _rule(item: Placed, fields: Mapping[str, Placed]) -> RuleEntry:
    _check_capture(fields)
    override = _override(fields, set(_RULE_KEYS - {"rule", "override", "append"}))
    if override and "append" in fields:
        raise MisplacedRule("a rule has both append and override", item.line, "keep override")
    desc = _worded(fields, "desc")
    source = _worded(fields, "source")
    return RuleEntry(
        name=_name(fields["rule"]),
        line=item.line,
        condition=_worded(fields, "condition"),
        output=_worded(fields, "output"),
        desc=None if desc is None else desc.text,
        priority=_worded(fields, "priority"),
        source=None if source is None else source.text,
        enabled=_flag(fields, "enabled"),
        tags=_texts(fields["tags"]) if "tags" in fields else None,
        exceptions=_exceptions(fields["exceptions"]) if "exceptions" in fields else None,
        warn_evttypes=_flag(fields, "warn_evttypes"),
        skip_if_unknown=_flag(fields, "skip-if-unknown-filter"),
        append=bool(_flag(fields, "append")),
        override=override,
        fires=tuple(_samples(fields.get("fires"))),
        silent=tuple(_samples(fields.get("silent"))),
        references=_texts(fields["references"]) if "references" in fields else (),
        others=tuple(Worded(k, v.line) for k, v in fields.items() if k not in _RULE_KEYS),
    )


def _check_capture(fields: Mapping[str, Placed]) -> None:
    duration = fields.get("capture_duration")
    if duration is not None and not (duration.text or "").isdigit():
        raise MisplacedRule("capture_duration is a number of milliseconds", duration.line)


def _name(value: Placed) -> str:
    if not value.text:
        raise MisplacedRule("a name is a text that is not empty", value.line)
    return value.text


def _worded(fields: Mapping[str, Placed], key: str) -> Worded | None:
    value = fields.get(key)
    if value is None:
        return None
    if value.text is None:
        raise MisplacedRule(f"{key} is a text", value.line)
    return Worded(value.text, value.begins[0])


def _flag(fields: Mapping[str, Placed], key: str) -> bool | None:
    value = fields.get(key)
    if value is None:
        return None
    word = (value.text or "").lower()
    if word not in _TRUE | _FALSE:
        raise MisplacedRule(f"{key} is true or false", value.line)
    return word in _TRUE


def _texts(value: Placed) -> tuple[str, ...]:
    if value.text in ("", "~", "null"):
        return ()
    if value.items is None or any(one.text is None for one in value.items):
        raise MisplacedRule("expected a list of texts", value.line)
    return tuple(one.text or "" for one in value.items)


def _override(fields: Mapping[str, Placed], keys: set[str]) -> Mapping[str, str]:
    value = fields.get("override")
    if value is None:
        return {}
    if value.fields is None:
        raise MisplacedRule("override is a map from a key to append or replace", value.line)
    for key, way in value.fields.items():
        if key not in keys or key not in fields:
            raise MisplacedRule(f"override names {key!r:.60}, which is not given here", way.line)
        if way.text not in ("append", "replace"):
            raise MisplacedRule("override says append or replace", way.line)
    return {key: way.text or "" for key, way in value.fields.items()}


def _version(value: Placed) -> tuple[int, int, int]:
    parts = (value.text or "").split(".")
    if not all(part.isdigit() and len(part) < 10 for part in parts) or len(parts) not in (1, 3):
        raise MisplacedRule("required_engine_version is a number or three", value.line)
    numbers = [int(part) for part in parts]
    return (0, numbers[0], 0) if len(numbers) == 1 else (numbers[0], numbers[1], numbers[2])


def _plugins(value: Placed) -> tuple[str, ...]:
    names = [(one.fields or {}).get("name") for one in value.items or ()]
    if any(name is None or not name.text for name in names):
        raise MisplacedRule("a required plugin has no name", value.line)
    return tuple(name.text or "" for name in names if name is not None)


def _exceptions(value: Placed) -> tuple[ExceptionEntry, ...]:
    if value.text == "":
        return ()
    if value.items is None:
        raise MisplacedRule("exceptions are a list", value.line)
    return tuple(map(_exception, value.items))


def _exception(item: Placed) -> ExceptionEntry:
    given = item.fields or {}
    if "name" not in given or not given["name"].text:
        raise MisplacedRule("an exception has no name", item.line)
    fields, comps, values = (given.get(key) for key in ("fields", "comps", "values"))
    single = fields is not None and fields.text is not None
    return ExceptionEntry(
        name=given["name"].text,
        line=item.line,
        fields=None if fields is None else _one_or_more(fields),
        single=single,
        comps=None if comps is None else tuple(map(_spaced, _one_or_more(comps))),
        values=None if values is None else tuple(map(_tuple, values.items or ())),
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _one_or_more(value: Placed) -> tuple[str, ...]:
    return (value.text,) if value.text is not None else _texts(value)


def _tuple(value: Placed) -> "str | tuple[str | tuple[str, ...], ...]":
    if value.text is not None:
        return value.text
    if value.items is None:
        raise MisplacedRule("a value of an exception is a text or a list", value.line)
    return tuple(one.text if one.text is not None else _texts(one) for one in value.items)


def _samples(value: Placed | None) -> Iterator[Sample]:
    if value is None:
        return
    if value.items is None:
        raise MisplacedRule("fires and silent are lists of samples", value.line)
    for item in value.items:
        if not item.fields or len(item.fields) > MAX_SAMPLE_FIELDS:
            raise MisplacedRule("a sample is a map from a field to its value", item.line)
        yield Sample(tuple(_sampled(item.fields)), item.line)


def _sampled(
    fields: Mapping[str, Placed],
) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for name, value in fields.items():
        items: Sequence[Placed] | None = value.items
        yield name, _texts(value) if items is not None else (value.text or "")
