"""What the kernel is asked for is never less than what the rules can fire on."""

from random import Random

import pytest
from hypothesis import given, settings

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.loading import load, load_default
from pratique.detections.rules.rule import Rule, RuleFile
from pratique.detections.rules.wanting import OPENS, interest_of
from pratique.formats.falco.syntax import And, Check, Condition, FieldRef, Text, Texts
from pratique.model.alert import Priority
from pratique.model.event import Event
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import Opened
from tests.makers import judging

FIELDS = all_fields()
_ABOUT_OPENS = (
    *("fd.name", "fd.filename", "fd.directory") * 3,
    *("evt.is_open_write", "evt.is_open_read", "fd.num", "evt.res", "evt.rawres", "evt.failed"),
    *("fs.path.name", "evt.arg", "fd.typechar", "proc.name", "fd.nameraw"),
)
_PATHS = (
    "/etc",
    "/etc/",
    "/etc/sha",
    "/home/*/.ssh",
    "/home/app/.ssh/",
    "/tmp/*.sh",
    "\\/tmp/*",
    "/",
)
_NAMES = (".sh", "shadow", "h", "/shadow", "/", "sh", ".ssh/id", "/bin/sh")
_TYPES = Texts(tuple(map(Text, judging.TYPES)))
_OPENS = Check(FieldRef("evt.type"), "in", Texts((Text("open"), Text("openat"))))


def passes(interest: Interest, event: Event) -> bool:
    """Return whether the kernel's filter lets an open through; names there are last parts of paths."""
    if interest.types and event.observation.type not in interest.types:
        return False
    act = event.observation.act
    assert isinstance(act, Opened)
    if event.observation.result < 0:
        return interest.failed_opens
    if interest.every_open or (interest.open_writes and act.flags & 3):
        return True
    name = act.path.rpartition("/")[2]
    return (
        name in interest.read_names
        or any(name.endswith(one) for one in interest.read_endings)
        or any(act.path.startswith(one) for one in interest.read_prefixes)
    )


def rule(condition: Condition) -> Rule:
    """Return a rule of a condition."""
    return Rule(
        name="r",
        condition=condition,
        text="",
        output=(),
        output_text="",
        priority=Priority.ERROR,
        path="mine.yaml",
        line=1,
    )


def _check(random: Random) -> Condition:
    if random.random() < 0.5:
        return judging.condition(random, _ABOUT_OPENS, 2)
    operator = random.choice(("=", "startswith", "endswith", "glob", "in", "pmatch", "contains"))
    text = Text(random.choice(_PATHS + _NAMES))
    right = Texts((text, Text(random.choice(_PATHS)))) if operator in ("in", "pmatch") else text
    return Check(FieldRef(random.choice(_ABOUT_OPENS[:3])), operator, right)


@settings(max_examples=300)
@given(judging.seeds)
def test_an_event_that_fires_is_never_held_back(random: Random) -> None:
    """Whatever a condition says of opens, the filter lets through what makes it true."""
    conditions = [And((_OPENS, *(_check(random) for _ in range(at)))) for at in (1, 1, 2)]
    interest = interest_of(map(rule, conditions))
    for _ in range(6):
        event = judging.opened(random)
        read = event_reader(event, FIELDS)
        if any(interpreted(one, FIELDS)(read) for one in conditions):
            assert passes(interest, event)


@settings(max_examples=200)
@given(judging.seeds)
def test_an_event_of_any_type_that_fires_is_of_a_type_asked_for(random: Random) -> None:
    """Whatever a condition says, also of types that it does not name."""
    conditions = [judging.condition(random, depth=2) for _ in range(2)]
    named = And((Check(FieldRef("evt.type"), "in", _TYPES), judging.condition(random, depth=2)))
    for condition in (*conditions, named):
        interest = interest_of([rule(condition)])
        for _ in range(4):
            event = judging.event(random)
            if interpreted(condition, FIELDS)(event_reader(event, FIELDS)):
                assert not interest.types or event.observation.type in interest.types


def _interest(text: str) -> Interest:
    return interest_of(judging.rule_set(text).rules)


@pytest.mark.parametrize(
    ("condition", "prefixes", "names", "endings"),
    [
        ("fd.name startswith /etc/", {"/etc/"}, set(), set()),
        ("fd.name in (/etc/shadow, /etc/gshadow)", {"/etc/shadow", "/etc/gshadow"}, set(), set()),
        ("fd.name glob /etc/ssh*key", {"/etc/ssh"}, set(), set()),
        ("fd.name pmatch (/etc/, /home/*/.ssh)", {"/etc", "/home"}, set(), set()),
        ("fd.directory = /etc", {"/etc/"}, set(), set()),
        ("fd.filename in (id_rsa, .env)", set(), {"id_rsa", ".env"}, set()),
        ("fd.name endswith .pem", set(), set(), {".pem"}),
        ("fd.name endswith /.aws/credentials", set(), {"credentials"}, set()),
        ("fd.name startswith /run/ and fd.name startswith /etc/", {"/run/"}, set(), set()),
    ],
)
def test_a_condition_on_paths_asks_for_those_alone(
    condition: str, prefixes: set[str], names: set[str], endings: set[str]
) -> None:
    """Other reads stay in the kernel."""
    found = _interest(f"evt.type in (open, openat) and fd.num >= 0 and {condition}")

    assert not found.every_open
    assert not found.failed_opens
    assert set(found.read_prefixes) == prefixes
    assert set(found.read_names) == names
    assert set(found.read_endings) == endings


def test_what_is_not_understood_asks_for_every_open() -> None:
    """Too much is slow; too little is blind."""
    assert _interest("evt.type = openat and fd.name contains shadow").every_open
    assert _interest("evt.type = openat and not fd.name startswith /etc/").every_open


def test_rules_about_writes_alone_ask_for_no_reads() -> None:
    """And the other way round."""
    writes = _interest("evt.type = openat and evt.is_open_write = true and fd.num >= 0")
    reads = _interest(
        "evt.type = openat and not evt.is_open_write = true and fd.name startswith /etc/"
    )

    assert writes.open_writes
    assert not writes.every_open
    assert not writes.read_prefixes
    assert not reads.open_writes


def test_a_rule_about_every_type_asks_for_everything() -> None:
    """There is nothing to hold back."""
    assert _interest("proc.name = sh") == EVERYTHING


def test_losses_are_always_asked_for() -> None:
    """Whoever cannot see has to know."""
    assert _interest("evt.type = execve and proc.name = sh").types == {"execve", "lost"}
    assert interest_of(()).types == {"lost"}


def test_every_call_that_opens_by_name_is_among_the_opens() -> None:
    """Opens by handle are rare, and come whatever else is asked for."""
    assert set(OPENS) == {"open", "openat", "openat2", "creat"}
    assert not _interest("evt.type = open_by_handle_at and container.id != host").every_open


def test_our_own_rules_leave_most_reads_in_the_kernel() -> None:
    """A node that reads libraries all day costs nothing."""
    found = interest_of(load_default().enabled)

    assert found.types
    assert not found.every_open


@pytest.mark.parametrize(
    ("condition", "variables"),
    [
        ("evt.type=execve and proc.env icontains HTTP_PROXY", {"HTTP_PROXY", "http_proxy"}),
        ("evt.type=execve and not proc.env contains 'Mode=debug'", {"Mode"}),
        ("evt.type=execve and proc.env[TOKEN] exists", {"TOKEN"}),
        ("evt.type != execve and proc.env[TOKEN] exists", {"TOKEN"}),
        ("evt.type=execve and proc.env contains '=debug'", set()),
        ("evt.type=execve and proc.args contains HTTP_PROXY", set()),
    ],
)
def test_variables_that_a_rule_names_are_asked_for(condition: str, variables: set[str]) -> None:
    text = f"- rule: r\n  desc: d\n  condition: {condition}\n  output: o\n  priority: ERROR\n"
    (rule,) = load([RuleFile("r.yaml", text.encode())]).rules
    assert interest_of([rule]).variables == variables
