"""
Say which events the rules could fire on, so that the kernel keeps the others to itself.

Law: an event that makes a rule true is never held back; one that makes none true may come through.
Opens are most of what happens on a node, so a condition is read for what it says of them: whether
for writing, under which prefixes, by which names and endings, and whether failed ones count. What is
not understood wants everything. Variables of the environment are the exception: they hold secrets, and
only those that a rule names are told.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from pratique.detections.rules.checking import Fields, checks_of, fields_read
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folded, Folder, Term, texts_of
from pratique.detections.rules.rule import Rule
from pratique.detections.rules.types import EVENT_TYPES, types_of
from pratique.formats.falco.syntax import Check, FieldRef
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import Opened

_ALWAYS = "open_by_handle_at"
"""A call so rare, and of which so little is known by name, that sensors send each of them."""
OPENS = tuple(name for name, act in EVENT_TYPES.items() if act is Opened and name != _ALWAYS)
_EQUAL = frozenset({"=", "==", "in"})
_WILD = "*?[\\"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Opens(Struct, frozen=True):
    """A set of opens that holds at least those which can make a condition true."""

    writes: bool = True
    failed: bool = True
    reads: bool = True
    """All reads, whatever their path; else those that the three sets say."""
    prefixes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()

    def __or__(self, other: "Opens") -> "Opens":
        """Return what is in either."""
        return Opens(
            self.writes or other.writes,
            self.failed or other.failed,
            self.reads or other.reads,
            self.prefixes | other.prefixes,
            self.names | other.names,
            self.endings | other.endings,
        )

    def __and__(self, other: "Opens") -> "Opens":
        """Return a set that holds what is in both."""
        # Both sides hold every path that is in both; the one that says more is taken whole.
        narrow = other if self.reads or (not other.reads and other.size < self.size) else self
        return Opens(
            self.writes and other.writes,
            self.failed and other.failed,
            narrow.reads,
            narrow.prefixes,
            narrow.names,
            narrow.endings,
        )

    @property
    def size(self) -> int:
        """Return how many words say which reads; short prefixes let much through."""
        short = sum(1 for prefix in self.prefixes if len(prefix) < 4)
        return len(self.prefixes) + len(self.names) + len(self.endings) + 1000 * short


ALL = Opens()
NONE = Opens(writes=False, failed=False, reads=False)


def interest_of(rules: Iterable[Rule], fields: Fields | None = None) -> Interest:
    """Return what some checked rules can fire on."""
    known = all_fields() if fields is None else fields
    rules = tuple(rules)
    variables = frozenset(name for rule in rules for name in _variables(rule))
    data = any(one.name == "evt.buffer" for rule in rules for one in _read(rule))
    names: set[str] = set()
    opens = NONE
    for rule in rules:
        types = types_of(rule.condition)
        if types.all_but:
            return replace(EVERYTHING, variables=variables, data=data)
        names |= types.names
        for kind in OPENS:
            if kind in types:
                opens |= _opens(Folder(kind, Opened, known).folded(rule.condition))
    return Interest(
        types=frozenset(names) | {"lost"},
        every_open=opens.reads,
        open_writes=opens.writes,
        failed_opens=opens.failed,
        read_prefixes=opens.prefixes,
        read_names=opens.names,
        read_endings=opens.endings,
        variables=variables,
        data=data,
    )


def _read(rule: Rule) -> frozenset[FieldRef]:
    """Return the fields that a rule asks for or prints."""
    return fields_read(rule.condition).union(
        one for one in rule.output if isinstance(one, FieldRef)
    )


def _variables(rule: Rule) -> Iterator[str]:
    """Yield the variables of the environment that a rule names, in the ways it may be spelt."""
    for reference in _read(rule):
        if reference.name == "proc.env" and reference.argument is not None:
            yield reference.argument
    for check in checks_of(rule.condition):
        if not _asks(check, "proc.env"):
            continue
        for text in _says(check):
            name = _VARIABLE.match(text)
            if name is not None:
                ignores_case = check.operator == "icontains"
                yield from (name[0], name[0].lower(), name[0].upper())[: 3 if ignores_case else 1]


def _opens(term: Folded) -> Opens:
    if isinstance(term, bool):
        return ALL if term else NONE
    if term.word == "and":
        found = ALL
        for part in term.parts:
            found &= _opens(part)
        return found
    if term.word == "or":
        found = NONE
        for part in term.parts:
            found |= _opens(part)
        return found
    return _of_check(term.check) if term.check is not None else _of_opposite(term)


def _of_opposite(term: Term) -> Opens:
    """Return what can make the opposite of a comparison true."""
    inner = term.parts[0].check
    if inner is not None and _asks(inner, "evt.is_open_write") and _says(inner) == {"true"}:
        return Opens(writes=False)
    return ALL


def _of_check(check: Check) -> Opens:
    if not isinstance(check.left, FieldRef) or check.modifier or check.left.argument is not None:
        return ALL
    texts = _says(check)
    if _asks(check, "evt.is_open_write") and check.operator in _EQUAL:
        return Opens(reads=False) if texts == {"true"} else ALL
    if _is_success(check, texts):
        return Opens(failed=False)
    if _asks(check, "fd.num") and check.operator == "<" and texts == {"0"}:
        return Opens(writes=False, reads=False)
    if not texts:
        return ALL
    match check.left.name, check.operator:
        case "fd.name", "=" | "==" | "in" | "startswith":
            return _below(texts)
        case "fd.name", "pmatch":
            # What lies below a folder, and the folder itself.
            return _below({_plain(text).rstrip("/") for text in texts})
        case "fd.name", "glob":
            return _below({_plain(text) for text in texts})
        case "fd.name", "endswith":
            return _ending(texts)
        case "fd.filename", "=" | "==" | "in":
            return Opens(reads=False, names=frozenset(texts))
        case "fd.directory", "=" | "==" | "in":
            return _below({text.rstrip("/") + "/" for text in texts})
        case _:
            return ALL


def _below(prefixes: Iterable[str]) -> Opens:
    found = frozenset(prefixes)
    # A relative name is one that could not be resolved; its beginning says nothing.
    if not all(prefix.startswith("/") and len(prefix) > 1 for prefix in found):
        return ALL
    return Opens(reads=False, prefixes=found)


def _ending(texts: Iterable[str]) -> Opens:
    """Return the reads of paths that end so; the kernel looks at the last part of a path alone."""
    whole = {text.rpartition("/")[2] for text in texts if "/" in text}
    parts = {text for text in texts if "/" not in text}
    if "" in whole | parts:
        return ALL
    return Opens(reads=False, names=frozenset(whole), endings=frozenset(parts))


def _plain(glob: str) -> str:
    ends = [at for wild in _WILD if (at := glob.find(wild)) >= 0]
    return glob[: min(ends)] if ends else glob


def _is_success(check: Check, texts: set[str]) -> bool:
    name, operator = check.left.name, check.operator
    if name in ("fd.num", "evt.rawres"):
        return (operator, texts) in ((">=", {"0"}), (">", {"0"}), (">", {"-1"}))
    return name == "evt.res" and operator in ("=", "==") and texts == {"SUCCESS"}


def _asks(check: Check, name: str) -> bool:
    return isinstance(check.left, FieldRef) and check.left.name == name


def _says(check: Check) -> set[str]:
    return {text.value for text in texts_of(check)}
