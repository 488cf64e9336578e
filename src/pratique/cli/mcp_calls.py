"""
Turn what an assistant asks for into a command line of ours, and run it as a process of its own.

Laws: nothing is written; a path must lie below the root folder once links are followed; what is asked
for is never an option, standard input or a shell's; without the network no registry is asked. A process of
its own gives each call the bounds, the workers and the exit codes of the command line, and a failure
harms no other call. Bounds: ``MOST_CHARS`` of an answer are handed on, ``TIMEOUT_S`` are waited.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pratique.formats.text import printable
from pratique.model.errors import UsageError

MOST_CHARS = 60_000
TIMEOUT_S = 900.0
_IN_FILES = ("docker-archive", "oci", "oci-archive", "dir", "sbom")
_ELSEWHERE = ("docker", "podman", "containerd", "registry")
_PROFILES = ("permissive", "baseline", "strict")
_MEANING = {
    0: "done, or allowed",
    1: "denied, or a threshold is met",
    2: "wrong use, or the target cannot be identified",
    3: "undecided: not everything could be looked at",
    70: "an internal error",
}


class Reach(Struct, frozen=True, kw_only=True):
    """What an assistant may reach: files below ``root``, and the network unless ``offline``."""

    root: Path
    offline: bool = False

    def target(self, text: str) -> str:
        """
        Return a target as the command line may have it.

        Raises:
            UsageError: it lies outside the root, is standard input, or needs the network.
        """
        _checked(text)
        prefix, colon, rest = text.partition(":")
        if colon and prefix in _IN_FILES:
            return f"{prefix}:{self._within(rest)}"
        if colon and prefix in _ELSEWHERE and prefix != "registry":
            return text
        if text.startswith(("/", ".", "~")) or self._exists(text):
            return self._within(text)
        if self.offline:
            raise UsageError(f"{text[:100]!r} would be fetched", hint="this server runs --offline")
        # The prefix keeps a name from being taken for a file that appears meanwhile.
        return text if prefix == "registry" else f"registry:{text.removeprefix('docker://')}"

    def path(self, text: str) -> str:
        """
        Return a path as the command line may have it.

        Raises:
            UsageError: it lies outside the root, or is not there.
        """
        return self._within(_checked(text))

    def policy(self, text: str) -> str:
        """
        Return a profile's name, or a policy file's path.

        Raises:
            UsageError: the file lies outside the root, or is not there.
        """
        return text if text in _PROFILES else self.path(text)

    def _exists(self, text: str) -> bool:
        return any((self.root / one).exists() for one in _beginnings(text))

    def _within(self, text: str) -> str:
        """Return a path, with a tag behind it or not, whose file lies below the root."""
        root = self.root.resolve()
        for one in _beginnings(text):
            place = (root / one).resolve()
            if place.exists():
                if not place.is_relative_to(root):
                    raise UsageError(f"{text[:100]!r} lies outside {root}", hint="see --root")
                return f"{place}{text[len(one) :]}"
        raise UsageError(f"{text[:100]!r} is not there", hint=f"paths are those below {root}")


class Answer(Struct, frozen=True, kw_only=True):
    """What a command said and ended with."""

    exit_code: int
    text: str

    def __str__(self) -> str:
        """Return it for an assistant: the exit code first, as what follows may be cut."""
        meaning = _MEANING.get(self.exit_code, "ended by a signal or interrupted")
        return f"exit code {self.exit_code} ({meaning})\n\n{self.text}"


def scan(reach: Reach, target: str, scanners: str, platform: str) -> list[str]:
    """Return the words of `pratique scan`."""
    words = ["scan", "--quiet", "-o", "markdown", "--scanners", _checked(scanners)]
    words += ["--platform", _checked(platform)] if platform else []
    return [*words, *_offline(reach), "--", reach.target(target)]


def gate(reach: Reach, target: str, policy: str) -> list[str]:
    """Return the words of `pratique gate`."""
    words = ["gate", "--quiet", "-o", "markdown", "--policy", reach.policy(_checked(policy))]
    return [*words, *_offline(reach), "--", reach.target(target)]


def lint(reach: Reach, paths: Sequence[str], *, pedantic: bool, diff: str) -> list[str]:
    """
    Return the words of `pratique lint`; ``diff`` is safe or verified for a patch, else empty.

    Raises:
        UsageError: a path may not be read, or there is no such class of fixes.
    """
    if diff not in ("", "safe", "verified"):
        raise UsageError(f"fixes are safe or verified, not {diff[:40]!r}")
    words = ["lint", *(["--pedantic"] if pedantic else [])]
    words += [f"--fix={diff}", "--diff"] if diff else []
    return [*words, "--", *(reach.path(one) for one in paths or ["."])]


def fix(reach: Reach, target: str, dockerfile: str) -> list[str]:
    """Return the words of `pratique fix`, which writes nothing."""
    words = ["fix", "--quiet", "-o", "markdown"]
    words += ["--dockerfile", reach.path(dockerfile)] if dockerfile else []
    return [*words, *_offline(reach), "--", reach.target(target)]


def explain(name: str) -> list[str]:
    """Return the words of `pratique explain`."""
    return ["explain", "--", _checked(name)]


async def run(words: Sequence[str], reach: Reach) -> Answer:
    """
    Run one command line of ours and return what it said.

    Raises:
        UsageError: it took longer than ``TIMEOUT_S``.
    """
    import subprocess

    import anyio

    command = [sys.executable, "-m", "pratique", *words]
    try:
        with anyio.fail_after(TIMEOUT_S):
            done = await anyio.run_process(
                command,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
                cwd=reach.root,
            )
    except TimeoutError:
        hint = "look at less: fewer scanners, one platform"
        raise UsageError(f"it took longer than {TIMEOUT_S:.0f} seconds", hint=hint) from None
    said = [done.stdout, done.stderr]
    return Answer(exit_code=done.returncode, text=shown(b"\n".join(filter(None, said))))


def shown(content: bytes) -> str:
    """
    Return text that an assistant may read: no control characters, cut at a line where too long.

    >>> ascii(shown(b"a\\x1b[31mb\\n"))
    "'a\\\\ufffd[31mb\\\\n'"
    """
    text = content.decode("utf-8", "replace")
    lines = text[: 2 * MOST_CHARS].split("\n")
    kept = "\n".join(printable(line) for line in lines)
    if len(kept) <= MOST_CHARS and len(text) <= 2 * MOST_CHARS:
        return kept
    return f"{kept[:MOST_CHARS].rpartition(chr(10))[0]}\n… cut: ask for less\n"


def _offline(reach: Reach) -> list[str]:
    return ["--offline"] if reach.offline else []


def _beginnings(text: str) -> list[str]:
    """Return what of a text may be its path, the longest first: a tag follows a colon."""
    parts = text.split(":")
    return [":".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _checked(text: str) -> str:
    if not text or text.startswith("-") or len(text) > 4096 or not text.isprintable():
        raise UsageError(f"{text[:60]!r} cannot be asked for", hint="see `pratique scan --help`")
    return text
