"""
Make conditions that can be checked, and events of every act, from few values: so that they meet.

A seed makes one of each: an event has a hundred fields, more than Hypothesis draws in good time.
"""

import types
import typing
from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import strategies as st
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from pratique.detections.rules.checking import check_condition
from pratique.detections.rules.comparing import SUITS, Incomparable
from pratique.detections.rules.fields.field import Kind, Takes
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import RuleFile, RuleSet
from pratique.detections.rules.types import EVENT_TYPES
from pratique.formats.falco.syntax import (
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)
from pratique.model.event import Event, Process
from pratique.model.observation import Act, Observation, Opened
from pratique.model.workload import Workload
from tests.makers.happenings import process

seeds = st.integers(0, 2**32).map(Random)
TEXTS = ("", "sh", "bash", "/etc/shadow", "/etc", "/tmp/a.sh", "10.0.0.1", "a=b", "-t x", "/")
NUMBERS = (0, 1, 2, 6, 10, 17, 22, 64, 65, 443, 40000, 100, -1, -2, -115)
TYPES = ("openat", "open", "execve", "connect", "dup2", "rename", "fchmod")
SETS: Mapping[Kind, Sequence[str]] = {
    Kind.TEXT: (*TEXTS, "/etc/*", "*sh", "/e[t]c", ".*sh", "/etc/sh(a|b).*", "h", *TYPES),
    Kind.NUMBER: (*map(str, NUMBERS), "0x16"),
    Kind.BOOL: ("true", "false"),
    Kind.ADDRESS: ("10.0.0.1", "::1", "127.0.0.1"),
    Kind.NET: ("10.0.0.0/8", "::/0", "127.0.0.1"),
    Kind.BYTES: ("6162", "ab"),
}
_KEYS = ("0", "1", "2", "flags", "name", "a", "path", "res", "mode", "sh", "/etc*")
_ACTS = sorted(set(EVENT_TYPES.values()), key=lambda act: act.__name__)
_MODIFIERS = ("oneof", "anyof", "allof")


def made(kind: object, random: Random) -> object:
    """Return a value of an annotation, from few texts and numbers."""
    if kind is str:
        return random.choice(TEXTS)
    if kind is int:
        return random.choice(NUMBERS)
    if kind is bool:
        return random.random() < 0.5
    if kind is types.NoneType:
        return None
    if kind is bytes:
        return random.choice(TEXTS).encode()
    inside = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        if inside[-1] is Ellipsis:
            return tuple(made(inside[0], random) for _ in range(random.randrange(4)))
        return tuple(made(one, random) for one in inside)
    if inside:
        return made(random.choice(inside), random)
    assert isinstance(kind, type)
    return kind(**{one.name: made(one.type, random) for one in struct_fields(kind)})


def event(random: Random) -> Event:
    """Return an event of any type; some come with an act that their type does not promise."""
    kind = random.choice(TYPES if random.random() < 0.5 else sorted(EVENT_TYPES))
    expected = random.random() < 0.9
    act = made(EVENT_TYPES[kind] if expected else random.choice(_ACTS), random)
    seen = _observation(kind, act, random)
    who, where = made(Process, random), made(random.choice((types.NoneType, Workload)), random)
    assert isinstance(who, Process)
    assert where is None or isinstance(where, Workload)
    texts = [random.choice(TEXTS) for _ in range(5)]
    return Event(seen, who, where, *texts)


def opened(random: Random) -> Event:
    """Return an open as a sensor tells it: where it failed there is no descriptor and no path."""
    act = made(Opened, random)
    assert isinstance(act, Opened)
    path = random.choice(("/etc/shadow", "/etc", "/tmp/a.sh", "/home/app/.ssh/id", "/bin/sh", "/"))
    fails = random.random() < 0.3
    act = replace(act, path="" if fails else path, fd=-1 if fails else random.choice((3, 4)))
    seen = _observation(random.choice(("open", "openat", "openat2")), act, random)
    return Event(replace(seen, result=-13 if fails else act.fd), process(random.choice(TEXTS)))


def _observation(kind: str, act: object, random: Random) -> Observation:
    names = ("tid", "parent_pid", "uid", "gid", "result", "cgroup")
    numbers = {name: random.choice(NUMBERS) for name in names}
    seen = Observation(
        kind,
        typing.cast(Act, act),
        random.choice((0, 1_790_000_000_000_000_000)),
        random.choice(NUMBERS),
        comm=random.choice(TEXTS),
        count=random.choice((1, 2)),
        sequence=random.choice((0, 1)),
    )
    return replace(seen, **numbers)


def condition(random: Random, names: Sequence[str] = (), depth: int = 3) -> Condition:
    """Return a condition that can be checked, on any field or on some."""
    roll = random.random()
    if depth and roll < 0.6:
        several = tuple(condition(random, names, depth - 1) for _ in range(random.randint(2, 4)))
        return And(several) if roll < 0.3 else Or(several)
    if depth and roll < 0.7:
        return Not(condition(random, names, depth - 1))
    return check(random, names)


def check(random: Random, names: Sequence[str] = ()) -> Check:
    """Return a comparison that can be made."""
    while True:
        if names or random.random() < 0.8:
            found = _compared(random, random.choice(names or sorted(all_fields())))
        else:
            found = _transformed(random)
        try:
            check_condition(found)
        except Incomparable:
            continue
        return found


def _compared(random: Random, name: str) -> Check:
    field = all_fields()[name]
    operator = random.choice(sorted(SUITS[field.kind]))
    keys = {Takes.NOTHING: (None,), Takes.INDEX: (None, "0", "1", "2"), Takes.KEY: (None, *_KEYS)}
    left = FieldRef(name, random.choice(keys.get(field.takes, _KEYS)))
    if operator == "exists":
        return Check(left, operator)
    several = Texts(tuple(_constant(random, field.kind) for _ in range(random.randrange(4))))
    if operator in ("in", "intersects", "pmatch"):
        return Check(left, operator, several)
    if random.random() < 0.2:
        return Check(left, operator, several, random.choice(_MODIFIERS))
    return Check(left, operator, _constant(random, field.kind))


def _constant(random: Random, kind: Kind) -> Text:
    return Text(random.choice(SETS[kind]))


_TEXT_FIELDS = sorted(
    name
    for name, field in all_fields().items()
    if field.kind is Kind.TEXT and field.takes is Takes.NOTHING and not field.unavailable
)


def _text_field(random: Random) -> FieldRef:
    return FieldRef(random.choice(_TEXT_FIELDS))


def _transform(random: Random) -> Transform:
    first, second = _text_field(random), _text_field(random)
    return random.choice(
        (
            *(Transform(name, (first,)) for name in ("tolower", "toupper", "basename", "b64")),
            Transform("len", (first,)),
            Transform("concat", (first, second)),
            Transform("join", (Text("/"), Items((first, second)))),
            Transform("getopt", (FieldRef("proc.args"), Text("t:a")), "t"),
        )
    )


def _transformed(random: Random) -> Check:
    operator = random.choice(("=", "!=", "contains", "startswith", "<", "in"))
    if random.random() < 0.5:
        left = _transform(random)
        one = random.choice((_constant(random, Kind.TEXT), _constant(random, Kind.NUMBER)))
        return Check(left, operator, Texts((one,)) if operator == "in" else one)
    other = random.choice((_transform(random), Transform("val", (_text_field(random),))))
    return Check(_text_field(random), operator, other)


def rule_set(*texts: str, more: str = "") -> RuleSet:
    """Return rules of these conditions: ``r0``, ``r1`` and so on."""
    parts = [
        f"- rule: r{at}\n  desc: d\n  condition: >-\n    {text}\n  output: o\n  priority: error\n"
        for at, text in enumerate(texts)
    ]
    return load([RuleFile("mine.yaml", (more + "".join(parts)).encode())])
