"""
Answer what runs by its file, whatever it calls itself.

A link gives a program any name, and the dynamic loader runs one as its argument; the file stays what
it is. busybox is many programs in one file, and chooses by argv[0] or its first argument.
"""

from pratique.model.event import Process

_LOADERS = ("ld-linux", "ld-musl", "ld.so")
_WITH_VALUE = frozenset(
    {
        *("--argv0", "--audit", "--glibc-hwcaps-mask", "--glibc-hwcaps-prepend"),
        *("--inhibit-rpath", "--library-path", "--preload"),
    }
)
"""Options of the loader that take the next argument: ld.so(8)."""
_BOXES = frozenset({"busybox", "toybox"})


def program(process: Process) -> str | None:
    """
    Return the last part of the name of the file that runs, None where no file is known.

    >>> program(Process(1, "sshd", "/usr/bin/cat"))
    'cat'
    >>> program(Process(1, "ld", "/lib64/ld-linux-x86-64.so.2", arguments=("--preload", "x", "/bin/id")))
    'id'
    >>> program(Process(1, "busybox", "/bin/busybox", "busybox", ("nc", "-l")))
    'nc'
    """
    own = _last(process.path.removesuffix(" (deleted)"))
    if own.startswith(_LOADERS):
        own = _loaded(process.arguments) or own
    return (_applet(process) if own in _BOXES else own) or None


def names_of_ancestors(process: Process) -> tuple[str, ...] | None:
    """Return the names of the ancestors that are the names of their files."""
    return tuple(one.name for one in process.ancestors if not one.chosen_name) or None


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _loaded(arguments: tuple[str, ...]) -> str:
    rest = iter(arguments)
    for one in rest:
        if one in _WITH_VALUE:
            next(rest, "")
        elif not one.startswith("-"):
            return _last(one)
    return ""


def _applet(process: Process) -> str:
    called = _last(process.executable.lstrip("-"))
    first = process.arguments[0] if process.arguments else ""
    return first if called in _BOXES and first and not first.startswith("-") else called
