"""
Know what runs text as a program, whatever it is called.

A program is an interpreter by the name of its file, by the package that owns it (a file that was
renamed in the image), or by its inode (a link that was made while the container runs). A copy under
another name is drift itself; ``drift.judging`` tells whose copy it is. The dynamic loader counts:
``ld.so /tmp/x`` runs ``/tmp/x``.
"""

import re
from collections.abc import Sequence

from pratique.detections.bounded import Bounded
from pratique.model.event import Process

SHELLS = frozenset(
    {"sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "fish", "rbash", "csh", "tcsh"}
)
LOADERS = frozenset({"ld-linux", "ld-musl"})
INTERPRETERS = (
    SHELLS
    | LOADERS
    | {
        *(
            "python",
            "pypy",
            "perl",
            "ruby",
            "jruby",
            "node",
            "nodejs",
            "deno",
            "bun",
            "php",
            "php-fpm",
        ),
        *("php-cgi", "lua", "luajit", "tclsh", "wish", "expect", "awk", "gawk", "mawk", "nawk"),
        *("java", "pwsh", "rscript", "r", "julia", "guile", "elixir", "erl", "escript", "groovy"),
    }
)
"""Names without version and ending."""
APPLETS = frozenset({"sh", "ash", "hush", "awk"})
"""What of busybox and toybox runs text."""
PACKAGES = frozenset(
    {
        *("bash", "dash", "busybox", "busybox-static", "toybox", "ksh", "mksh", "zsh", "fish"),
        *("python", "python-minimal", "libpython-minimal", "perl", "perl-base", "ruby", "nodejs"),
        *("php-cli", "php-fpm", "php-cgi", "lua", "luajit", "tcl", "expect", "gawk", "mawk"),
        *("openjdk-jre-headless", "openjdk-jdk-headless", "powershell", "guile"),
    }
)
"""Names of packages, digits and dots taken out."""
CODE = frozenset(
    {
        *(".sh", ".bash", ".py", ".pyc", ".pyo", ".pl", ".pm", ".rb", ".js", ".mjs", ".cjs"),
        *(".php", ".phtml", ".lua", ".tcl", ".jar", ".class", ".ps1", ".r", ".jl", ".awk"),
    }
)
"""Endings of what interpreters load as code."""
INLINE = frozenset({"-c", "-e", "-r", "--eval", "--execute", "-Command", "--run"})
"""Options behind which code itself stands."""

_VERSION = re.compile(r"[\d.]+(?=$|-)")
_ENDING = re.compile(r"(\.so(\.\d+)*|\.real|\.bin)$")


def stem(name: str) -> str:
    """
    Return the name of a program without version and ending.

    >>> [stem(one) for one in ("python3.11", "ld-linux-x86-64.so.2", "perl5.36.0", "bash", "php8.2-fpm")]
    ['python', 'ld-linux', 'perl', 'bash', 'php-fpm']
    """
    bare = _ENDING.sub("", name.rpartition("/")[2].lower())
    if bare.startswith(("ld-linux", "ld-musl")):
        return bare[:8].rstrip("-")
    return _VERSION.sub("", bare).rstrip("-") or bare


def package_stem(key: str) -> str:
    """
    Return the name of a package of an index, digits and dots taken out.

    >>> package_stem("pkg:deb/debian/python3.11-minimal@3.11.2-6?arch=amd64#var/lib/dpkg/status")
    'python-minimal'
    """
    name = key.partition("@")[0].rpartition("/")[2]
    return re.sub(r"[\d.]+", "", name).rstrip("-")


def inline_code(interpreter: str, arguments: Sequence[str]) -> bool:
    """
    Return whether an interpreter was handed code as an argument.

    >>> inline_code("bash", ("-ec", "id")), inline_code("bash", ("-e", "x")), inline_code("perl", ("-e", "1"))
    (True, False, True)
    """
    for argument in arguments:
        if not argument.startswith("-"):
            return False
        if interpreter in SHELLS:
            # A shell's options may stand in one word, and `-e` is another thing there.
            if "c" in argument[1:] and not argument.startswith("--"):
                return True
        elif argument in INLINE:
            return True
    return False


def script_of(interpreter: str, process: Process) -> str:
    """
    Return the file that an interpreter was asked to run, as it was written; empty where there is none.

    >>> script_of("sh", Process(1, "sh", "/bin/sh", arguments=("-x", "/tmp/a.sh", "b")))
    '/tmp/a.sh'
    """
    if process.script:
        return process.script
    arguments = list(process.arguments)
    if stem(process.path) in ("busybox", "toybox") and arguments[:1] and arguments[0] in APPLETS:
        arguments = arguments[1:]
    if inline_code(interpreter, arguments):
        return ""
    return next((one for one in arguments if not one.startswith("-")), "")


class Interpreters:
    """Answer whether a process is an interpreter; links that were seen are remembered."""

    def __init__(self, most: int = 4096) -> None:
        self._links: Bounded[tuple[int, int], str] = Bounded(most)

    def name_of(self, process: Process, owner: str) -> str:
        """Return which interpreter a process is, empty where it is none; ``owner`` as of its index."""
        name = stem(process.path)
        found = ""
        if name in ("busybox", "toybox"):
            found = _applet(process)
        elif name in INTERPRETERS:
            found = name
        elif owner and (package := package_stem(owner)) in PACKAGES:
            found = _applet(process) if package in ("busybox", "busybox-static") else package
        # An inode of 0 is one that nobody told.
        file = (process.device, process.inode)
        if process.inode and found and name not in ("busybox", "toybox"):
            self._links.put(file, found)
        return found or (self._links.get(file) or "" if process.inode else "")


def _applet(process: Process) -> str:
    called = stem(process.executable.lstrip("-"))
    if called in APPLETS:
        return called
    first = process.arguments[0] if process.arguments else ""
    return first if called in ("busybox", "toybox") and first in APPLETS else ""
