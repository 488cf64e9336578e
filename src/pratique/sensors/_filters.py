"""
Translate what is wanted into what the kernel's tables hold.

Law: the tables let through at least what is asked for. Prefixes, names and endings longer than a key
are cut, which lets more through; so does asking for more variables than there are words for.
"""

import os
import re
from collections.abc import Collection, Iterable

from pratique.formats.kernel_events import layout
from pratique.formats.kernel_events.calls import CALLS, table
from pratique.formats.kernel_events.layout import Opens
from pratique.model.interest import Interest
from pratique.sensors._libbpf import Map, Object

EVERY_TYPE = frozenset(CALLS) - {"mmap"} | frozenset(layout.OWN_TYPES.values())
"""What an interest without types asks for; the bitmaps of calls are asked for by name."""
VARIABLES = (
    "LD_PRELOAD",
    "LD_LIBRARY_PATH",
    "LD_AUDIT",
    "PYTHONPATH",
    "BASH_ENV",
    "ENV",
    "HISTFILE",
    "PROMPT_COMMAND",
    "NODE_OPTIONS",
    "JAVA_TOOL_OPTIONS",
)
"""Variables of the environment that leave the kernel: they change what a program runs, none is a secret."""
_WORD_BYTES = 8
_PASSWORD = re.compile(r"(?<=://)[^/@\s]{1,256}@")
_MOST_KEYS = {"prefixes": 1024, "file_names": 4096, "endings": 1024}


class Filters:
    """Keeps the kernel's tables in step with the interest."""

    def __init__(self, loaded: Object, machine: str, marks: tuple[int, int]) -> None:
        """Begin; ``marks`` are the bytes of either ring that are too much to wait for the timer."""
        self._object = loaded
        self._machine = machine
        self._marks = self._full = marks
        self._calls: dict[int, bytes] = {}
        self._fields: list[int] = []
        self.policies = 0
        self.variables: frozenset[str] = frozenset(VARIABLES)
        """Those that are told."""

    def want(self, interest: Interest, repeats: bool) -> None:
        """Fill the tables; what is no longer wanted stops last, what is newly wanted begins first."""
        types = interest.types or EVERY_TYPE
        opens = self._opens(interest)
        endings = sum({1 << len(_ending(one)) for one in interest.read_endings})
        if "syscalls" in types:
            # A group that goes tells its calls for the last time.
            types |= {"cgroup_rmdir"}
        own = sum(1 << number for number, name in layout.OWN_TYPES.items() if name in types)
        self.variables = interest.variables.union(VARIABLES)
        words = _words(self.variables)
        self._fields = [opens, endings, own, 0, int(repeats), int("syscalls" in types), len(words)]
        spare = [(0, 0)] * (layout.ENVIRONMENT_WORDS - len(words))
        self._words = [*words, *spare]
        self.publish()
        self._want_calls(types, data=interest.data)

    def wake_at_once(self, wanted: bool) -> None:
        """Have the kernel wake the reader at the first record from now on, or only as a ring fills up."""
        self._marks = (0, 0) if wanted else self._full
        self.publish()

    def publish(self) -> None:
        """Hand the settings to the kernel, with how many control groups have a policy."""
        fields = [*self._fields[:3], self.policies, *self._fields[4:]]
        self._object.map("settings").put(
            bytes(4),
            layout.SETTINGS.pack(
                *fields,
                *self._marks,
                0,
                *(one for one, _ in self._words),
                *(m for _, m in self._words),
            ),
        )

    def _want_calls(self, types: Collection[str], *, data: bool) -> None:
        wanted = dict(table(types, self._machine, data=data))
        calls = self._object.map("calls")
        for index in self._calls.keys() - wanted.keys():
            calls.put(index.to_bytes(4, "little"), bytes(layout.CALL.size))
        for index, entry in wanted.items():
            if self._calls.get(index) != entry:
                calls.put(index.to_bytes(4, "little"), entry)
        self._calls = wanted

    def _opens(self, interest: Interest) -> int:
        opens = Opens.FAILED if interest.failed_opens else Opens(0)
        if interest.every_open:
            return opens | Opens.ALL
        if "" in interest.read_endings or any(one.endswith("/") for one in interest.read_endings):
            return opens | Opens.ALL
        opens |= Opens.WRITES if interest.open_writes else Opens(0)
        opens |= Opens.UPPER if interest.upper_layer_reads else Opens(0)
        wanted = {
            "prefixes": (Opens.PREFIXES, map(_prefix, interest.read_prefixes)),
            "file_names": (Opens.NAMES, map(_name, interest.read_names)),
            "endings": (Opens.ENDINGS, map(_ending_key, interest.read_endings)),
        }
        for name, (bit, keys) in wanted.items():
            count = _fill(self._object.map(name), frozenset(keys), _MOST_KEYS[name])
            if count < 0:
                return opens | Opens.ALL
            opens |= bit if count else Opens(0)
        return opens


def _fill(target: Map, keys: Collection[bytes], most: int) -> int:
    """Set the keys of a table; returns how many, -1 where they are too many for it."""
    if len(keys) > most:
        return -1
    for key in set(target.keys()) - set(keys):
        target.drop(key)
    for key in keys:
        target.put(key, b"\1\0\0\0")
    return len(keys)


def _prefix(path: str) -> bytes:
    """Return a key of the table of prefixes: its length in bits, and its bytes."""
    cut = os.fsencode(path)[: layout.PREFIX_BYTES]
    return layout.PREFIX.pack(len(cut) * 8, cut)


def _name(name: str) -> bytes:
    return layout.FILE_NAME.pack(os.fsencode(name)[: layout.FILE_NAME_BYTES - 1])


def _ending(ending: str) -> bytes:
    """
    Return what the last name of a path ends with if the path ends so.

    >>> _ending(".ssh/id_rsa"), _ending("a-long-name")
    (b'id_rsa', b'ong-name')
    """
    return os.fsencode(ending).rpartition(b"/")[2][-layout.ENDING_BYTES :]


def _ending_key(ending: str) -> bytes:
    last = _ending(ending)
    return layout.ENDING.pack(len(last), last)


def _word(variable: str) -> tuple[int, int]:
    """
    Return the first eight bytes of a variable and its ``=``, and which of them count.

    >>> _word("ENV") == (int.from_bytes(b"ENV=", "little"), 0xFFFFFFFF)
    True
    """
    start = f"{variable}=".encode()[:_WORD_BYTES]
    return int.from_bytes(start, "little"), (1 << 8 * len(start)) - 1


def _words(variables: Collection[str]) -> list[tuple[int, int]]:
    """Return what variables begin with; too many of them are sorted out here alone."""
    words = sorted({_word(name) for name in variables})
    return words if len(words) <= layout.ENVIRONMENT_WORDS else [(0, 0)]


def chosen(environment: Iterable[str], names: Collection[str] = VARIABLES) -> tuple[str, ...]:
    """
    Return only the variables that are asked for: eight bytes are not the whole name.

    Those that rules ask for may be addresses; what stands before the host in one is a password.

    >>> chosen(["LD_PRELOAD=/x.so", "LD_PRELOVED=1"])
    ('LD_PRELOAD=/x.so',)
    >>> chosen(["http_proxy=http://me:word@192.0.2.1:3128"], {"http_proxy"})
    ('http_proxy=http://*@192.0.2.1:3128',)
    """
    found = [one for one in environment if one.partition("=")[0] in names]
    return tuple(_PASSWORD.sub("*@", one) if "@" in one else one for one in found)
