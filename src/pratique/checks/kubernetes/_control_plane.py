"""
Read the flags of the programs of the control plane from the manifests of their pods.

``kube-apiserver``, ``kube-controller-manager``, ``kube-scheduler`` and ``etcd`` run as static pods, or as pods of a
hosted control plane; their flags stand among ``command`` and ``args``. Laws: a command that begins with a
shell is not read; a flag that stands twice counts as its last; a program that takes its settings from a
file by ``unless`` is left alone. Source: CIS Kubernetes Benchmark 1.12, sections 1 and 2; the flags of
kube-apiserver 1.34 and etcd 3.6.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.formats.kubernetes.pods import Container

API_SERVER = "kube-apiserver"
CONTROLLER_MANAGER = "kube-controller-manager"
SCHEDULER = "kube-scheduler"
ETCD = "etcd"
ANYWHERE = "0.0.0.0"  # noqa: S104 (what a flag means, not what we listen on)

Wrong = Callable[[str | None], str]
"""Say what is wrong with a flag's value (None: it is not given), empty for nothing."""


class Flag(Struct, frozen=True, kw_only=True):
    """
    A flag of a program and when it is wrong.

    ``unless`` are flags that name a file with the same setting; where one is given, nothing is told.
    """

    program: str
    name: str
    wrong: Wrong
    unless: tuple[str, ...] = ()


class Given(Struct, frozen=True):
    """A flag as it is given: its value, and the list and position where it stands."""

    value: str
    field: str
    position: int


def wrong_flags(scene: Scene, *flags: Flag) -> Iterator[ManifestFault]:
    """Yield each container whose program is given, or not given, a flag wrongly."""
    for one in scene.running:
        program, given = flags_of(one)
        for flag in flags:
            if flag.program != program or any(name in given for name in flag.unless):
                continue
            found = given.get(flag.name)
            if note := flag.wrong(found.value if found else None):
                path = (found.field, found.position) if found else ("command",)
                yield told(one, f"--{flag.name} {note}", *path, key=flag.name)


def flags_of(one: Container) -> tuple[str, Mapping[str, Given]]:
    """Return the program that a container runs, empty where it cannot be told, and its flags."""
    words = [
        (item.text, field, position)
        for field in ("command", "args")
        for position, item in enumerate(one.at(field).items)
    ]
    if not words:
        return "", {}
    program = words[0][0].rpartition("/")[2]
    found: dict[str, Given] = {}
    for at, (text, field, position) in enumerate(words[1:], start=1):
        if not text.startswith("-"):
            continue
        name, equals, value = text.lstrip("-").partition("=")
        if not equals:
            after = words[at + 1][0] if at + 1 < len(words) else "-"
            value = "true" if after.startswith("-") else after
        found[name] = Given(value, field, position)
    return program, found


def must_be(wanted: str, default: str) -> Wrong:
    """Return what tells any other value, where ``default`` stands for none."""

    def wrong(value: str | None) -> str:
        if (default if value is None else value).lower() == wanted:
            return ""
        return f"is {value}" if value is not None else f"is not given, which means {default}"

    return wrong


def must_stand(value: str | None) -> str:
    """Tell a flag that is not given, or empty."""
    return "" if value else "is not given"


def must_not_stand(value: str | None) -> str:
    """Tell a flag that is given."""
    return "" if value is None else "is given"


def must_hold(word: str) -> Wrong:
    """Return what tells a list that lacks a word."""

    def wrong(value: str | None) -> str:
        if word in words_of(value):
            return ""
        return f"lacks {word}" if value is not None else f"is not given, so it lacks {word}"

    return wrong


def must_lack(word: str) -> Wrong:
    """Return what tells a list that holds a word."""

    def wrong(value: str | None) -> str:
        return f"holds {word}" if word in words_of(value) else ""

    return wrong


def must_reach(least: int) -> Wrong:
    """Return what tells a number that is not given or below the least."""

    def wrong(value: str | None) -> str:
        if value is None:
            return "is not given"
        return "" if not value.isdigit() or int(value[:9]) >= least else f"is {value[:9]}"

    return wrong


def words_of(value: str | None) -> tuple[str, ...]:
    """Return the words of a list that is written with commas."""
    return tuple(word.strip() for word in (value or "").split(",") if word.strip())


def running(program: str, *flags: str) -> str:
    """Return a sample: a pod that runs a program of the control plane with these flags."""
    return workload({"command": [program, *flags]})
