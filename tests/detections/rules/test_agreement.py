"""Compiled rules fire exactly where the plain interpreter says, and where the kernel was asked for."""

import os
from pathlib import PurePosixPath

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from pratique.detections.rules.checking import check_condition
from pratique.detections.rules.comparing import Incomparable
from pratique.detections.rules.detector import RuleDetector
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.rule import Rule, RuleSet
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.printing import printed
from pratique.formats.falco.syntax import (
    And,
    Check,
    Condition,
    FieldRef,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)
from pratique.model.alert import Priority
from pratique.model.event import Ancestor, Event, Process
from pratique.model.interest import Interest
from pratique.model.observation import (
    Act,
    Called,
    Duplicated,
    Executed,
    Observation,
    Opened,
    PathChanged,
    SocketUsed,
)
from pratique.model.workload import BindMount, Workload

PATHS = ("/etc/shadow", "/etc", "/tmp/a.sh", "/usr/bin/sh", "etc/x", "", "/", "/srv/app/.ssh/id")
NAMES = ("sh", "nginx", "cat", "/etc", "")
ADDRESSES = ("10.0.0.1", "127.0.0.1", "fe80::1", "")
paths, names = st.sampled_from(PATHS), st.sampled_from(NAMES)
flags = st.sampled_from([os.O_RDONLY, os.O_WRONLY, os.O_RDWR | os.O_CREAT, os.O_DIRECTORY])


def opened() -> st.SearchStrategy[Opened]:
    """Return opens, failed ones among them."""
    return st.builds(
        Opened, path=paths, flags=flags, fd=st.integers(-1, 3), given=paths, inode=st.integers(0, 2)
    )


def used() -> st.SearchStrategy[SocketUsed]:
    """Return uses of sockets."""
    address = st.sampled_from(ADDRESSES)
    port = st.sampled_from([0, 53, 443, 40000])
    return st.builds(
        SocketUsed,
        fd=st.integers(-1, 3),
        family=st.sampled_from([1, 2, 10, 16]),
        kind=st.integers(1, 3),
        local_address=address,
        local_port=port,
        remote_address=address,
        remote_port=port,
        path=paths,
    )


acts: st.SearchStrategy[tuple[str, Act]] = st.one_of(
    st.tuples(st.sampled_from(["open", "openat", "creat"]), opened()),
    st.tuples(st.sampled_from(["connect", "accept", "sendto"]), used()),
    st.tuples(
        st.just("execve"),
        st.builds(Executed, path=paths, upper_layer=st.booleans(), memfd=st.booleans()),
    ),
    st.tuples(
        st.sampled_from(["rename", "fchmod"]), st.builds(PathChanged, path=paths, new_path=paths)
    ),
    st.tuples(
        st.just("dup2"),
        st.builds(
            Duplicated,
            old_fd=st.integers(0, 3),
            new_fd=st.integers(0, 3),
            file=st.one_of(st.none(), opened(), used()),
        ),
    ),
    # What its type does not promise: a damaged or made-up recording.
    st.tuples(st.sampled_from(["openat", "no such call"]), st.builds(Called, text=names)),
)
ancestors = st.builds(Ancestor, pid=st.integers(1, 3), name=names, path=paths, command_line=names)
processes = st.builds(
    Process,
    pid=st.just(7),
    name=names,
    path=paths,
    executable=names,
    arguments=st.lists(names, max_size=2).map(tuple),
    command_line=names,
    environment=st.sampled_from([(), ("A=sh",)]),
    started_ns=st.integers(0, 2),
    login_uid=st.sampled_from([0, 1000, 0xFFFFFFFF]),
    virtual_pid=st.integers(0, 2),
    cap_effective=st.sampled_from([0, 1 << 21]),
    upper_layer=st.booleans(),
    ancestors=st.lists(ancestors, max_size=2).map(tuple),
)
workloads = st.builds(
    Workload,
    id=st.just("ab" * 32),
    engine=st.just("podman"),
    name=names,
    image=st.sampled_from(["", "docker.io/library/nginx:1.25"]),
    privileged=st.booleans(),
    mounts=st.sampled_from([(), (BindMount("/etc", "/host"),)]),
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Return events of any type, with processes and containers known or not."""
    kind, act = draw(acts)
    observation = Observation(
        type=kind,
        act=act,
        time_ns=draw(st.integers(0, 3)),
        pid=7,
        uid=draw(st.integers(0, 1)),
        result=draw(st.sampled_from([-115, -2, 0, 3])),
        sequence=draw(st.integers(0, 2)),
    )
    return Event(
        observation=observation,
        process=draw(processes),
        workload=draw(st.one_of(st.none(), workloads)),
        user=draw(names),
        remote_name=draw(names),
        local_name=draw(names),
        login_user=draw(names),
    )


ASKED = [
    FieldRef(name)
    for name in [
        "evt.type",
        "evt.num",
        "evt.res",
        "evt.rawres",
        "evt.is_open_read",
        "evt.is_open_write",
        "evt.arg.path",
        "evt.arg.flags",
        "proc.name",
        "proc.exepath",
        "proc.aname",
        "proc.pname",
        "proc.args",
        "proc.env",
        "proc.vpid",
        "proc.is_exe_upper_layer",
        "proc.duration",
        "user.name",
        "user.loginuid",
        "thread.cap_effective",
        "fd.num",
        "fd.name",
        "fd.directory",
        "fd.filename",
        "fd.nameraw",
        "fd.typechar",
        "fd.type",
        "fd.ip",
        "fd.sip",
        "fd.net",
        "fd.snet",
        "fd.port",
        "fd.sport",
        "fd.l4proto",
        "fd.connected",
        "fd.name_changed",
        "fd.sip.name",
        "fd.lip.name",
        "user.loginname",
        "container.id",
        "container.privileged",
        "container.image.repository",
        "evt.buffer",
        "pratique.drifted",
        "fs.path.name",
    ]
] + [
    FieldRef("proc.aname", "2"),
    FieldRef("proc.args", "0"),
    FieldRef("proc.env", "A"),
    FieldRef("container.mount.dest", "/etc*"),
]
CONSTANTS = [
    *PATHS,
    *NAMES,
    *("0", "1", "-1", "3", "443", "true", "false", "SUCCESS", "host", "4", "f", "unix"),
    *(
        "10.0.0.1",
        "10.0.0.0/8",
        "::/0",
        "open",
        "openat",
        "execve",
        "/et?",
        "/e*",
        "(/etc)?/.*",
        "s",
    ),
]
texts = st.sampled_from(CONSTANTS).map(Text)
lists = st.lists(texts, max_size=4).map(lambda found: Texts(tuple(found)))
plain = st.sampled_from(ASKED)
wrapped = st.one_of(
    st.builds(
        lambda name, field: Transform(name, (field,)),
        st.sampled_from(["tolower", "toupper", "basename", "len", "b64"]),
        plain,
    ),
    st.builds(lambda a, b: Transform("concat", (a, Text("-"), b)), plain, plain),
)
lefts = st.one_of(plain, plain, plain, wrapped)
checks = st.one_of(
    st.builds(lambda left: Check(left, "exists"), lefts),
    st.builds(
        Check, lefts, st.sampled_from(["=", "!=", "<", ">=", "contains", "icontains"]), texts
    ),
    st.builds(
        Check, lefts, st.sampled_from(["startswith", "endswith", "glob", "iglob", "regex"]), texts
    ),
    st.builds(Check, lefts, st.sampled_from(["in", "intersects", "pmatch"]), lists),
    st.builds(
        Check,
        lefts,
        st.sampled_from(["=", "!=", "startswith"]),
        lists,
        st.sampled_from(["oneof", "anyof", "allof"]),
    ),
    st.builds(
        lambda left, operator, right: Check(left, operator, Transform("val", (right,))),
        lefts,
        st.sampled_from(["=", "!=", "contains", "in"]),
        plain,
    ),
)


def _allowed(tree: Condition) -> bool:
    try:
        check_condition(tree)
    except Incomparable:
        return False
    return True


conditions = st.recursive(
    checks.filter(_allowed),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(lambda found: And(tuple(found))),
        st.lists(inner, min_size=2, max_size=4).map(lambda found: Or(tuple(found))),
    ),
    max_leaves=8,
)


def rule_set(trees: list[Condition]) -> RuleSet:
    """Return rules that are called by their numbers."""
    return RuleSet(
        rules=tuple(
            Rule(
                name=str(number),
                condition=tree,
                text="",
                output=(),
                output_text="",
                priority=Priority.NOTICE,
                path="made.yaml",
                line=1,
            )
            for number, tree in enumerate(trees)
        )
    )


def fired(detector: RuleDetector, event: Event) -> set[int]:
    """Return the numbers of the rules that fired."""
    return {int(alert.rule) for alert in detector.see(event)}


def said(trees: list[Condition], event: Event) -> set[int]:
    """Return what the interpreter says of the same."""
    read = event_reader(event, all_fields())
    holds = [interpreted(tree, all_fields()) for tree in trees]
    return {number for number, one in enumerate(holds) if one(read)}


OPEN = Event(
    observation=Observation(
        "openat", Opened("/etc/shadow", os.O_RDONLY, 3), time_ns=1, pid=7, result=3
    ),
    process=Process(pid=7, name="cat", ancestors=(Ancestor(1, "sh"), Ancestor(2, "nginx"))),
)


@example([parse_condition("proc.aname startswith xx or proc.aname startswith ngi")], [OPEN])
@example([parse_condition("not fd.sip != 10.0.0.1")], [OPEN])
@example([parse_condition("container.privileged != true")], [OPEN])
@given(st.lists(conditions, min_size=1, max_size=4), st.lists(events(), min_size=1, max_size=5))
def test_compiled_rules_fire_as_interpreted(trees: list[Condition], seen: list[Event]) -> None:
    """Sharing, folding and merging change no answer, for any conditions and any events."""
    detector = RuleDetector(rule_set(trees))

    for event in seen:
        assert fired(detector, event) == said(trees, event), [printed(tree) for tree in trees]


@given(st.lists(conditions, min_size=1, max_size=3), st.lists(events(), min_size=1, max_size=5))
def test_an_event_that_fires_is_never_held_back(trees: list[Condition], seen: list[Event]) -> None:
    """A sensor that sends no more than the rules asked for sends all that fires."""
    detector = RuleDetector(rule_set(trees))
    interest = detector.interest()

    for event in seen:
        if fired(detector, event):
            assert _comes(interest, event), (interest, [printed(tree) for tree in trees])


def _comes(interest: Interest, event: Event) -> bool:
    """Return whether the strictest sensor that keeps to an interest would send an event."""
    observation = event.observation
    if not interest.types:
        return True
    if observation.type not in interest.types:
        return False
    act = observation.act
    if not isinstance(act, Opened):
        return True
    if act.fd < 0 and not interest.failed_opens:
        return False
    if interest.every_open:
        return True
    if act.flags & (os.O_WRONLY | os.O_RDWR):
        return interest.open_writes
    return (
        any(act.path.startswith(prefix) for prefix in interest.read_prefixes)
        or PurePosixPath(act.path).name in interest.read_names
        or any(act.path.endswith(ending) for ending in interest.read_endings)
    )


def test_first_match_tells_one_rule() -> None:
    """With ``first`` the first rule of the files is told, not the cheapest."""
    trees = [parse_condition("fd.name glob /etc/*"), parse_condition("proc.name = cat")]

    assert fired(RuleDetector(rule_set(trees), first=True), OPEN) == {0}
    assert fired(RuleDetector(rule_set(trees)), OPEN) == {0, 1}


def test_rules_are_never_code() -> None:
    """What a rule says stays a value, however it is spelt."""
    evil = """proc.name = "')]+[__import__('os')" or proc.name in ("]) or True #")"""
    quiet = msgspec.structs.replace(OPEN, process=Process(pid=7, name="cat"))

    assert fired(RuleDetector(rule_set([parse_condition(evil)])), quiet) == set()
