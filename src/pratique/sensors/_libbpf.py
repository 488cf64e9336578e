"""
Bind the few functions of libbpf that load, attach and share memory with kernel programs.

libbpf does what must agree with the running kernel: it moves every field access to where this
kernel keeps the field. It is asked for by its stable name ``libbpf.so.1`` (1.0 and later) through
ctypes; nothing is compiled. Every failure is an ``OSError`` with the kernel's number.

Source: libbpf's ``libbpf.h`` and ``bpf.h``, 1.1.
"""

import ctypes as c
import errno
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pratique.model.errors import CapabilityError

LIBRARY = "libbpf.so.1"
_ANY = 0
_BATCH = 1024
_LOG_BYTES = 4096
_ENOTSUPP = 524
"""The kernel's own number, which the C library has no words for."""
_NOT_SUPPORTED = "this kernel does not support it on this machine"
_MOST_LINES = 400
_P, _INT, _U32, _U64 = c.c_void_p, c.c_int, c.c_uint32, c.c_uint64
_PRINT = c.CFUNCTYPE(_INT, _INT, c.c_char_p, _P)
_SAMPLE = c.CFUNCTYPE(_INT, _P, _P, c.c_size_t)
_FUNCTIONS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "libbpf_set_print": (_P, (_P,)),
    "libbpf_num_possible_cpus": (_INT, ()),
    "bpf_object__open_mem": (_P, (c.c_char_p, c.c_size_t, _P)),
    "bpf_object__load": (_INT, (_P,)),
    "bpf_object__close": (None, (_P,)),
    "bpf_object__next_program": (_P, (_P, _P)),
    "bpf_object__next_map": (_P, (_P, _P)),
    "bpf_program__name": (c.c_char_p, (_P,)),
    "bpf_program__fd": (_INT, (_P,)),
    "bpf_program__set_autoload": (_INT, (_P, c.c_bool)),
    "bpf_program__attach": (_P, (_P,)),
    "bpf_program__attach_cgroup": (_P, (_P, _INT)),
    "bpf_link__destroy": (_INT, (_P,)),
    "bpf_map__name": (c.c_char_p, (_P,)),
    "bpf_map__fd": (_INT, (_P,)),
    "bpf_map__key_size": (_U32, (_P,)),
    "bpf_map__value_size": (_U32, (_P,)),
    "bpf_map__max_entries": (_U32, (_P,)),
    "bpf_map__set_max_entries": (_INT, (_P, _U32)),
    "bpf_map_update_elem": (_INT, (_INT, _P, _P, _U64)),
    "bpf_map_lookup_elem": (_INT, (_INT, _P, _P)),
    "bpf_map_delete_elem": (_INT, (_INT, _P)),
    "bpf_map_get_next_key": (_INT, (_INT, _P, _P)),
    "bpf_map_lookup_batch": (_INT, (_INT, _P, _P, _P, _P, _P, _P)),
    "bpf_map_lookup_and_delete_batch": (_INT, (_INT, _P, _P, _P, _P, _P, _P)),
    "ring_buffer__new": (_P, (_INT, _SAMPLE, _P, _P)),
    "ring_buffer__consume": (_INT, (_P,)),
    "ring_buffer__free": (None, (_P,)),
}


def library() -> c.CDLL:
    """
    Return libbpf with its functions declared.

    Raises:
        CapabilityError: the library is not installed.
    """
    try:
        found = c.CDLL(LIBRARY, use_errno=True)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(found, name)
            function.restype = result
            function.argtypes = arguments
    except (OSError, AttributeError) as error:
        raise CapabilityError(
            f"{LIBRARY} cannot be used: {error}",
            hint="install libbpf 1.0 or later (Debian, Ubuntu: libbpf1; Fedora, Alpine: libbpf)",
        ) from None
    return found


class Map:
    """One map of a loaded object: bytes to bytes."""

    def __init__(self, library: c.CDLL, pointer: int) -> None:
        self._lib = library
        self.fd: int = library.bpf_map__fd(pointer)
        self._key: int = library.bpf_map__key_size(pointer)
        self._value: int = library.bpf_map__value_size(pointer)
        self.size: int = library.bpf_map__max_entries(pointer)
        self._in_one_call = True

    def put(self, key: bytes, value: bytes) -> None:
        """Set an entry."""
        _check(self._lib.bpf_map_update_elem(self.fd, key, value, _ANY), "map entry")

    def drop(self, key: bytes) -> None:
        """Remove an entry; one that is not there is no error."""
        self._lib.bpf_map_delete_elem(self.fd, key)

    def get(self, key: bytes) -> bytes | None:
        """Return an entry's value, or None."""
        value = c.create_string_buffer(self._value)
        return value.raw if not self._lib.bpf_map_lookup_elem(self.fd, key, value) else None

    def sums(self) -> list[int]:
        """
        Return each entry of a per-processor array of 64-bit counts, summed up.

        All are looked up in one call to the kernel; one older than 5.13 refuses it, and is asked for
        each.
        """
        processors = self._lib.libbpf_num_possible_cpus()
        values = (_U64 * (self.size * processors))()
        self._in_one_call = self._in_one_call and self._look_up_all(values)
        if not self._in_one_call:
            self._look_up_each(values, processors)
        counts = memoryview(values).cast("B").cast("Q").tolist()
        each = (counts[number::processors] for number in range(processors))
        return list(map(sum, zip(*each, strict=True)))

    def _look_up_all(self, values: "c.Array[c.c_uint64]") -> bool:
        keys = c.create_string_buffer(self._key * self.size)
        token, count = c.create_string_buffer(self._key), _U32(self.size)
        result = self._lib.bpf_map_lookup_batch(
            self.fd, None, token, keys, values, c.byref(count), None
        )
        # The kernel says that nothing follows the last entry; where it refuses, the count stays as it was.
        return result in (0, -errno.ENOENT) and count.value == self.size

    def _look_up_each(self, values: "c.Array[c.c_uint64]", processors: int) -> None:
        for place in range(self.size):
            key = place.to_bytes(4, "little")
            value = c.byref(values, place * processors * c.sizeof(_U64))
            self._lib.bpf_map_lookup_elem(self.fd, key, value)

    def keys(self) -> Iterator[bytes]:
        """Yield the keys; what changes meanwhile may be left out."""
        key = None
        for _ in range(self.size):
            following = c.create_string_buffer(self._key)
            if self._lib.bpf_map_get_next_key(self.fd, key, following):
                return
            key = following.raw
            yield key

    def clear(self) -> None:
        """Remove everything."""
        for key in list(self.keys()):
            self.drop(key)

    def take(self) -> Iterator[bytes]:
        """Yield the values of a hash table and remove them, many in one call to the kernel."""
        keys = c.create_string_buffer(self._key * _BATCH)
        values = c.create_string_buffer(self._value * _BATCH)
        token, previous, count = c.create_string_buffer(8), None, _U32()
        for _ in range(self.size // _BATCH + 2):
            count.value = _BATCH
            failed = self._lib.bpf_map_lookup_and_delete_batch(
                self.fd, previous, token, keys, values, c.byref(count), None
            )
            yield values.raw[: count.value * self._value]
            if failed:
                return
            previous = token


class Object:
    """Kernel programs and maps out of one file, first opened, then loaded, then attached."""

    def __init__(self, path: Path) -> None:
        """
        Open the file; nothing reaches the kernel yet.

        Raises:
            CapabilityError: there is no libbpf.
            OSError: the file is no object of kernel programs.
        """
        content = path.read_bytes()
        self._lib = library()
        self._lines: list[str] = []
        self._print = _PRINT(_printer(self._lines))
        self._lib.libbpf_set_print(self._print)
        self._object = self._lib.bpf_object__open_mem(content, len(content), None)
        if not self._object:
            self._lib.libbpf_set_print(None)
            raise OSError(c.get_errno(), f"{path.name} cannot be opened")
        self._programs = self._by_name("bpf_object__next_program", "bpf_program__name")
        self._maps = self._by_name("bpf_object__next_map", "bpf_map__name")
        self._links: dict[str, int] = {}
        self._loaded: dict[str, Map] = {}

    @property
    def programs(self) -> tuple[str, ...]:
        """Return the names of the programs."""
        return tuple(self._programs)

    def leave_out(self, program: str) -> None:
        """Do not load a program."""
        self._lib.bpf_program__set_autoload(self._programs[program], False)

    def include(self, program: str) -> None:
        """Load a program that is optional in the file."""
        self._lib.bpf_program__set_autoload(self._programs[program], True)

    def resize(self, sizes: Mapping[str, int]) -> None:
        """Set how many entries (bytes, of a ring) maps have."""
        for name, size in sizes.items():
            _check(self._lib.bpf_map__set_max_entries(self._maps[name], size), name)

    def load(self) -> None:
        """
        Hand programs and maps to the kernel.

        Raises:
            OSError: it refused; ``refused_program`` says at which.
        """
        self._lines.clear()
        _check(self._lib.bpf_object__load(self._object), "the kernel refuses the programs")

    def refused_program(self) -> str:
        """Return the program at which loading ended, or nothing where libbpf does not say."""
        for line in self._lines:
            if "failed to load" in line and line.startswith("libbpf: prog '"):
                return line.split("'")[1]
        return ""

    def log(self) -> str:
        """Return the last lines that libbpf wrote."""
        return "".join(self._lines[-20:])

    def attach(self, program: str) -> None:
        """Attach a program to the point that its section names."""
        self._keep(program, self._lib.bpf_program__attach(self._programs[program]))

    def attach_to_group(self, program: str, fd: int) -> None:
        """Attach a program to a control group and all below it."""
        self._keep(program, self._lib.bpf_program__attach_cgroup(self._programs[program], fd))

    def program_fd(self, program: str) -> int:
        """Return the descriptor of a loaded program, negative if it is not."""
        return int(self._lib.bpf_program__fd(self._programs[program]))

    def map(self, name: str) -> Map:
        """Return a map of the loaded object."""
        if name not in self._loaded:
            self._loaded[name] = Map(self._lib, self._maps[name])
        return self._loaded[name]

    def close(self) -> None:
        """Detach everything and give it back."""
        for link in self._links.values():
            self._lib.bpf_link__destroy(link)
        self._links.clear()
        if self._object:
            self._lib.bpf_object__close(self._object)
            self._object = None
        self._lib.libbpf_set_print(None)

    def _keep(self, program: str, link: int | None) -> None:
        if not link:
            number = c.get_errno()
            raise OSError(number, _NOT_SUPPORTED if number == _ENOTSUPP else os.strerror(number))
        self._links[program] = link

    def _by_name(self, following: str, name: str) -> dict[str, int]:
        found: dict[str, int] = {}
        pointer = None
        while pointer := getattr(self._lib, following)(self._object, pointer):
            found[getattr(self._lib, name)(pointer).decode()] = pointer
        return found


class Consumer:
    """A ring read by libbpf itself: for machines where reading needs barriers that Python lacks."""

    def __init__(self, fd: int, take: Callable[[bytes], bool]) -> None:
        """
        Make a reader.

        Args:
            fd: The ring.
            take: What gets each record; it returns whether it wants another one now.

        Raises:
            OSError: it is no ring, or there is no memory for it.
        """
        self._lib = library()

        def sample(_: int | None, data: int, size: int) -> int:
            # Below 0 libbpf gives this record's place back and stops.
            return 0 if take(c.string_at(data, size)) else -1

        self._sample = _SAMPLE(sample)
        self._ring = self._lib.ring_buffer__new(fd, self._sample, None, None)
        if not self._ring:
            raise OSError(c.get_errno(), "the ring cannot be read")

    def consume(self) -> None:
        """Hand on the records that wait, until no more are wanted."""
        self._lib.ring_buffer__consume(self._ring)

    def close(self) -> None:
        """Give the ring back."""
        if self._ring:
            self._lib.ring_buffer__free(self._ring)
            self._ring = None


def _printer(lines: list[str]) -> Callable[[int, bytes, int], int]:
    """Return what libbpf calls with a format and its arguments; libc puts them together."""
    libc = c.CDLL(None)
    text = c.create_string_buffer(_LOG_BYTES)

    def take(_: int, form: bytes, arguments: int) -> int:
        libc.vsnprintf(text, c.c_size_t(_LOG_BYTES), form, _P(arguments))
        if len(lines) < _MOST_LINES or b"failed" in text.value:
            lines.append(text.value.decode("utf-8", "replace"))
        return 0

    return take


def _check(result: int, what: str) -> None:
    if result < 0:
        raise OSError(-result, f"{what}: {os.strerror(-result)}")
