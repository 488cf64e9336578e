"""
Load files of rules: later definitions replace, change or add to earlier ones.

Laws: all or nothing: the first error in any file, in order, ends the load, and it names its file and
line; whoever holds the rules of an earlier load keeps them. A rule of another source than
``syscall`` is skipped and said so. A field that no event of ours supplies does not keep a rule from
loading; it is named. Source: https://falco.org/docs/concepts/rules/.
"""

from collections.abc import Sequence
from importlib import resources

import msgspec

from pratique.detections.rules.checking import UnknownField, check_condition, fields_read, typed
from pratique.detections.rules.comparing import Incomparable
from pratique.detections.rules.fields.registry import all_fields, resolved
from pratique.detections.rules.folding import Folder
from pratique.detections.rules.linking import through_links
from pratique.detections.rules.placing import Places
from pratique.detections.rules.resolving import Names, check_exception, excepted
from pratique.detections.rules.rule import (
    Notice,
    Remark,
    Rule,
    RuleError,
    RuleFile,
    RuleSet,
    Unavailable,
)
from pratique.detections.rules.types import EVENT_TYPES, Types, types_of
from pratique.formats.falco.document import (
    EngineEntry,
    Entry,
    ExceptionEntry,
    ListEntry,
    MacroEntry,
    MisplacedRule,
    PluginsEntry,
    RuleEntry,
    Worded,
    parse_rules,
)
from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.output import parse_output
from pratique.formats.falco.syntax import Condition, FieldRef, Left
from pratique.model.alert import Priority
from pratique.model.errors import FormatError

ENGINE = (0, 62, 0)
"""The version of Falco's rule engine whose language this is."""
MAX_FILES = 10_000
PACK = "pratique.detections.rules.pack"
_APPENDED = frozenset({"condition", "output", "desc", "tags", "exceptions"})


def load(files: Sequence[RuleFile]) -> RuleSet:
    """
    Return the rules of some files.

    Raises:
        RuleError: a file has an error.

    >>> text = b"- rule: Any shell\\n  desc: d\\n  condition: evt.type=execve and proc.name=sh\\n" \\
    ...     b"  output: a shell\\n  priority: notice\\n"
    >>> [rule.name for rule in load([RuleFile("mine.yaml", text)]).rules]
    ['Any shell']
    """
    if len(files) > MAX_FILES:
        raise RuleError(files[MAX_FILES].path, 1, f"more than {MAX_FILES} files of rules")
    loading = _Loading(Places(files))
    for file in files:
        try:
            entries = parse_rules(file.content)
        except MisplacedRule as error:
            raise RuleError(file.path, error.line, str(error), hint=error.hint()) from None
        except FormatError as error:
            raise RuleError(file.path, 1, str(error), hint=error.hint()) from None
        for entry in entries:
            loading.take(entry, file.path)
    return loading.finished()


def load_default() -> RuleSet:
    """Return our own rules, which travel with the package: one file each."""
    folder = resources.files(PACK)
    found = sorted(
        (one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name
    )
    return load([RuleFile(f"pack/{one.name}", one.read_bytes()) for one in found])


class _Loading:
    """What is known after each item: definitions by name, in the order of their first."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._lists: dict[str, tuple[str, ...]] = {}
        self._macros: dict[str, tuple[Worded, str]] = {}
        self._rules: dict[str, tuple[RuleEntry, str]] = {}
        self._skipped: set[str] = set()
        self._notices: list[Notice] = []

    def take(self, entry: Entry, path: str) -> None:
        """Take one item in."""
        match entry:
            case ListEntry():
                self._take_list(entry, path)
            case MacroEntry():
                self._take_macro(entry, path)
            case RuleEntry():
                self._take_rule(entry, path)
            case EngineEntry(version, line):
                if version > ENGINE:
                    words = ".".join(map(str, version))
                    self._say(Remark.NEWER_ENGINE, f"asks for engine {words}", path, line)
            case PluginsEntry(names, line):
                message = f"asks for plugins, which are not used here: {', '.join(names)[:100]}"
                self._say(Remark.SKIPPED, message, path, line)

    def finished(self) -> RuleSet:
        """Return the rules with all names in place."""
        macros = {name: words.text for name, (words, _) in self._macros.items()}
        names = Names(macros, self._lists)
        self._check_macros(names)
        rules: list[Rule] = []
        missing: list[Unavailable] = []
        for entry, path in self._rules.values():
            rule = self._finished(entry, path, names)
            if rule is not None:
                rules.append(rule)
                missing += _unavailable(rule)
        return RuleSet(
            rules=tuple(rules),
            notices=tuple(self._notices),
            unavailable=tuple(missing),
            macros=macros,
            lists=self._lists,
        )

    def _say(self, remark: Remark, message: str, path: str, line: int) -> None:
        self._notices.append(Notice(remark=remark, message=message, path=path, line=line))

    def _take_list(self, entry: ListEntry, path: str) -> None:
        if entry.append and entry.name not in self._lists:
            raise RuleError(path, entry.line, f"no list {entry.name!r} before this to append to")
        before = self._lists[entry.name] if entry.append else ()
        self._lists[entry.name] = before + entry.items

    def _take_macro(self, entry: MacroEntry, path: str) -> None:
        words = entry.condition
        if entry.append:
            if entry.name not in self._macros:
                message = f"no macro {entry.name!r} before this to append to"
                raise RuleError(path, entry.line, message)
            before = self._macros[entry.name][0]
            words = Worded(f"{before.text} {words.text}", words.line)
        self._macros[entry.name] = (words, path)

    def _take_rule(self, entry: RuleEntry, path: str) -> None:
        for key in entry.others:
            self._say(Remark.UNKNOWN_KEY, f"unknown key {key.text[:60]!r}", path, key.line)
        if entry.source not in (None, "", "syscall"):
            self._skipped.add(entry.name)
            message = f"rule {entry.name!r} skipped: events of {entry.source!r} are not observed"
            self._say(Remark.SKIPPED, message, path, entry.line)
            return
        if entry.name in self._skipped and (entry.append or entry.override):
            return
        if entry.append or entry.override:
            self._change(entry, path)
        elif entry.condition is None and entry.enabled is not None:
            self._enable(entry, path)
        else:
            self._check_whole(entry, path)
            self._skipped.discard(entry.name)
            self._rules[entry.name] = (entry, path)

    def _check_whole(self, entry: RuleEntry, path: str) -> None:
        given = {"condition": entry.condition, "output": entry.output, "priority": entry.priority}
        lacks = [key for key, value in given.items() if value is None]
        if entry.desc is None:
            lacks.append("desc")
        if lacks:
            raise RuleError(path, entry.line, f"rule {entry.name!r} has no {', '.join(lacks)}")
        self._check_exceptions(entry.exceptions or (), path)

    def _check_exceptions(self, exceptions: Sequence[ExceptionEntry], path: str) -> None:
        for exception in exceptions:
            try:
                check_exception(exception)
            except ConditionError as error:
                raise RuleError(path, exception.line, str(error)) from None

    def _enable(self, entry: RuleEntry, path: str) -> None:
        message = f"rule {entry.name!r}: 'enabled' alone is the old way; use override"
        self._say(Remark.OLD_ENABLED, message, path, entry.line)
        if entry.name in self._rules:
            before, where = self._rules[entry.name]
            made = msgspec.structs.replace(before, enabled=entry.enabled)
            self._rules[entry.name] = (made, where)

    def _change(self, entry: RuleEntry, path: str) -> None:
        if entry.name not in self._rules:
            raise RuleError(path, entry.line, f"no rule {entry.name!r} before this to change")
        before, where = self._rules[entry.name]
        if entry.append:
            message = f"rule {entry.name!r}: 'append' is the old way; use override"
            self._say(Remark.OLD_APPEND, message, path, entry.line)
        ways = dict.fromkeys(_APPENDED, "append") if entry.append else entry.override
        made = before
        for key, way in ways.items():
            made = self._changed(made, entry, (key, way), path)
        self._rules[entry.name] = (made, where)

    def _changed(
        self, before: RuleEntry, entry: RuleEntry, how: tuple[str, str], path: str
    ) -> RuleEntry:
        key, way = how
        name = {"skip-if-unknown-filter": "skip_if_unknown"}.get(key, key)
        value = getattr(entry, name, None)
        if value is None:
            return before
        if way == "append" and key not in _APPENDED:
            raise RuleError(path, entry.line, f"{key} can be replaced, not appended to")
        if key == "exceptions":
            value = self._exceptions(before, entry, way, path)
        elif way == "append":
            value = _appended(getattr(before, name), value)
        return msgspec.structs.replace(before, **{name: value})

    def _exceptions(
        self, before: RuleEntry, entry: RuleEntry, way: str, path: str
    ) -> tuple[ExceptionEntry, ...]:
        found = {} if way == "replace" else {one.name: one for one in before.exceptions or ()}
        for one in entry.exceptions or ():
            known = found.get(one.name)
            if known is None:
                self._check_exceptions((one,), path)
                found[one.name] = one
            else:
                values = (known.values or ()) + (one.values or ())
                found[one.name] = msgspec.structs.replace(known, values=values)
        return tuple(found.values())

    def _check_macros(self, names: Names) -> None:
        for name, (words, path) in self._macros.items():
            try:
                names.condition(words.text)
            except ConditionError as error:
                raise self._places.error(error, words, path, f"macro {name!r}") from None

    def _finished(self, entry: RuleEntry, path: str, names: Names) -> Rule | None:
        words = entry.condition or Worded("", entry.line)
        try:
            whole = excepted(names.condition(words.text), entry.exceptions or ())
            tree = through_links(names.placed(whole))
            remarks = check_condition(tree)
            output = _output(entry.output or words, path, entry)
        except UnknownField as error:
            if entry.skip_if_unknown:
                message = f"rule {entry.name!r} skipped: {error}"
                self._say(Remark.SKIPPED, message, path, entry.line)
                return None
            raise self._places.error(error, words, path, f"rule {entry.name!r}") from None
        except (ConditionError, Incomparable) as error:
            raise self._places.error(error, words, path, f"rule {entry.name!r}") from None
        rule = Rule(
            name=entry.name,
            condition=tree,
            text=words.text,
            output=output,
            output_text=(entry.output or words).text,
            priority=_priority(entry, path),
            path=path,
            line=entry.line,
            desc=entry.desc or "",
            tags=entry.tags or (),
            enabled=entry.enabled is not False,
            fires=entry.fires,
            silent=entry.silent,
            references=entry.references,
        )
        for remark in remarks:
            self._say(Remark.LIKELY_MISTAKE, f"rule {entry.name!r}: {remark}", path, words.line)
        self._remark_types(rule, entry)
        return rule

    def _remark_types(self, rule: Rule, entry: RuleEntry) -> None:
        types = types_of(rule.condition)
        if _never(rule.condition, types):
            message = (
                f"rule {rule.name!r} can never fire: a list is empty, no event answers a field, or what"
                " it excludes always holds"
            )
            self._say(Remark.NEVER, message, rule.path, rule.line)
        if types.all_but and entry.warn_evttypes is not False:
            message = f"rule {rule.name!r} matches every event type, and is tried on each"
            self._say(Remark.EVERY_TYPE, message, rule.path, rule.line)
        for name in sorted(types.names - set(EVENT_TYPES)) if not types.all_but else ():
            message = f"rule {rule.name!r}: no sensor tells of {name[:60]!r}"
            self._say(Remark.UNKNOWN_TYPE, message, rule.path, rule.line)


def _output(words: Worded, path: str, entry: RuleEntry) -> tuple[str | Left, ...]:
    """Return the pieces of an output whose fields are all known."""
    try:
        pieces = parse_output(words.text)
        for piece in pieces:
            if not isinstance(piece, str):
                typed(piece, all_fields())
    except (ConditionError, Incomparable) as error:
        if isinstance(error, UnknownField) and entry.skip_if_unknown:
            raise
        raise RuleError(path, words.line, f"output of {entry.name!r}: {error}") from None
    return pieces


def _never(tree: Condition, types: Types) -> bool:
    """Return whether no event of a known type can make a condition true."""
    if types.all_but:
        return False
    known = all_fields()
    named = [(name, EVENT_TYPES[name]) for name in types.names if name in EVENT_TYPES]
    told = len(named) == len(types.names)
    return told and all(Folder(*one, known).folded(tree) is False for one in named)


def _appended(before: object, value: object) -> object:
    if isinstance(before, Worded) and isinstance(value, Worded):
        return Worded(f"{before.text} {value.text}", before.line)
    if isinstance(before, tuple) and isinstance(value, tuple):
        return before + value
    if isinstance(before, str) and isinstance(value, str):
        return f"{before} {value}"
    return value


def _priority(entry: RuleEntry, path: str) -> Priority:
    words = entry.priority or Worded("", entry.line)
    asked = {"info": "informational"}.get(words.text.lower(), words.text.lower())
    for priority in Priority:
        if priority.value.lower() == asked:
            return priority
    known = ", ".join(priority.value for priority in Priority)
    raise RuleError(path, words.line, f"unknown priority {words.text[:40]!r}", hint=known)


def _unavailable(rule: Rule) -> list[Unavailable]:
    known = all_fields()
    named = [one for one in rule.output if isinstance(one, FieldRef)]
    found: dict[str, str] = {}
    for reference in sorted(fields_read(rule.condition) | set(named), key=lambda one: one.name):
        field = resolved(reference, known)
        if field is not None and field[0].unavailable:
            found[reference.name] = field[0].unavailable
    return [
        Unavailable(rule=rule.name, field=name, reason=reason) for name, reason in found.items()
    ]
