"""
Tell the versions of a Go program's toolchain and of its main module.

Law: a version is taken only where it is certain. The toolchain's is the release it was made from
(``go1.21.5``, ``go1.22rc1``; a vendor's suffix or an experiment does not change that). The main
module's is what the go command recorded or, where it recorded ``(devel)``, the one release number
that the build set by ``-ldflags "-X pkg.version=1.2.3"``; two different ones are none.
Source: https://go.dev/doc/toolchain#version, https://pkg.go.dev/cmd/link (``-X``).
"""

import re
import shlex
from collections.abc import Mapping

from pratique.formats.programs.go_buildinfo import Module

DEVEL = "(devel)"

_TOOLCHAIN = re.compile(
    r"go([0-9]{1,4}(?:\.[0-9]{1,4}){1,3}(?:(?:beta|rc)[0-9]{1,4})?)(?![0-9A-Za-z.])"
)
_RELEASE = re.compile(r"v?[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}(?:[-+][0-9A-Za-z.+-]{1,60})?")
_UNTAGGED = re.compile(r"v0\.0\.0-(?:0\.)?[0-9]{14}-[0-9a-f]{12}(?:\+.{0,40})?")
_NAMES = frozenset({"version", "appversion", "buildversion", "gitversion", "releaseversion", "ver"})
_MAX_FLAGS = 1 << 16


def toolchain_version(go: str) -> str:
    """
    Return the release a toolchain was made from, empty for one between releases.

    >>> toolchain_version("go1.21.0 X:boringcrypto"), toolchain_version("go1.22rc1")
    ('1.21.0', '1.22rc1')
    >>> toolchain_version("go1.20.6-microsoft"), toolchain_version("devel go1.22-5d4b5b5 Tue")
    ('1.20.6', '')
    """
    found = _TOOLCHAIN.match(go)
    return found[1] if found else ""


def main_version(main: Module, settings: Mapping[str, str]) -> tuple[str, bool]:
    """
    Return the main module's version, and whether it is one that was published.

    >>> main_version(Module("example.org/m", "(devel)"), {"-ldflags": "-X main.version=v1.2.3"})
    ('v1.2.3', True)
    >>> main_version(Module("example.org/m", "(devel)"), {})
    ('(devel)', False)
    """
    if main.version not in ("", DEVEL):
        return main.version, not _UNTAGGED.fullmatch(main.version)
    found = _flagged(settings.get("-ldflags", ""), main.path)
    return (found, True) if found else (DEVEL, False)


def _flagged(flags: str, module: str) -> str:
    """Return the one version that the linker was told to set, empty if none or several."""
    own: dict[str, str] = {}
    others: dict[str, str] = {}
    for variable, value in _variables(flags):
        package, _, name = variable.rpartition(".")
        if name.lower() in _NAMES and _RELEASE.fullmatch(value):
            mine = package == "main" or f"{package}/".startswith(f"{module}/")
            (own if mine else others).setdefault(value.removeprefix("v"), value)
    for found in (own, others):
        if found:
            return next(iter(found.values())) if len(found) == 1 else ""
    return ""


def _variables(flags: str) -> list[tuple[str, str]]:
    if "-X" not in flags or len(flags) > _MAX_FLAGS:
        return []
    try:
        words = shlex.split(flags)
    except ValueError:
        return []
    found = []
    for n, word in enumerate(words):
        if word in ("-X", "--X") and n + 1 < len(words):
            setting = words[n + 1]
        elif word.startswith(("-X=", "--X=")):
            setting = word.partition("=")[2]
        else:
            continue
        variable, _, value = setting.partition("=")
        found.append((variable, value))
    return found
