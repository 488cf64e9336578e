"""
Match paths against shell patterns and sets of prefixes, in bounded time.

``glob``: as fnmatch(3) without flags: ``*`` and ``?`` cross ``/``. ``pmatch``: a path lies at or below one of
a set of paths, whose parts may hold wildcards that do not cross ``/``.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

MAX_PLAIN = 48
"""Prefixes up to which comparing all of them at once is the fastest."""
_WILD = re.compile(r"[*?\[]")


@lru_cache(maxsize=4096)
def glob_matcher(pattern: str, ignore_case: bool = False) -> Callable[[str], bool]:
    """
    Return whether a text matches a pattern.

    >>> glob_matcher("/tmp/*.sh")("/tmp/a/b.sh")
    True
    """
    flags = re.DOTALL | (re.IGNORECASE if ignore_case else 0)
    matched = re.compile(_expression(pattern), flags).fullmatch
    return lambda text: matched(text) is not None


def literal_of(pattern: str) -> str:
    """
    Return the longest text that stands in whatever matches a pattern; it is cheap to look for.

    >>> literal_of("*../*../*"), literal_of("/proc/?*/environ"), literal_of("[ab]c")
    ('../', '/environ', '')
    """
    if "[" in pattern or "\\" in pattern:
        return ""
    return max(re.split(r"[*?]", pattern), key=len)


def _expression(pattern: str) -> str:
    """
    Return a pattern as an expression that never tries a star twice.

    The first place where what stands between two stars fits is as good as any later one, so it is
    taken for good (an atomic group).
    """
    made: list[str] = [""]
    at = 0
    while at < len(pattern):
        letter = pattern[at]
        at += 1
        if letter == "*":
            made.append("")
        elif letter == "?":
            made[-1] += "."
        elif letter == "\\" and at < len(pattern):
            made[-1] += re.escape(pattern[at])
            at += 1
        elif letter == "[" and (end := _end_of_set(pattern, at)) > 0:
            made[-1] += _set(pattern[at:end])
            at = end + 1
        else:
            made[-1] += re.escape(letter)
    if len(made) == 1:
        return made[0]
    middle = "".join(f"(?>.*?{part})" for part in made[1:-1] if part)
    return f"{made[0]}{middle}.*{made[-1]}" if made[-1] else f"{made[0]}{middle}.*"


def _end_of_set(pattern: str, at: int) -> int:
    start = at + 1 if pattern[at : at + 1] in ("!", "^") else at
    return pattern.find("]", start + 1)


def _set(body: str) -> str:
    negated = body[:1] in ("!", "^")
    members = body[1:] if negated else body
    escaped = re.sub(r"([\\\[\]^&~|])", r"\\\1", members)
    try:
        re.compile(f"[{escaped}]")
    except re.error:
        return re.escape(f"[{body}]")  # A range that runs backwards is no set.
    return f"[{'^' if negated else ''}{escaped}]"


def split_prefixes(paths: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """
    Return paths without wildcards as a set, and as prefixes of what lies below them.

    >>> split_prefixes(["/etc/", "/bin"])[1]
    ('/bin/', '/etc/')
    """
    plain = frozenset(path.rstrip("/") or "/" for path in paths)
    return plain, tuple(sorted(path.rstrip("/") + "/" for path in plain))


def prefix_matcher(paths: Iterable[str]) -> Callable[[str], bool]:
    """
    Return whether a path lies at or below one of these.

    >>> below = prefix_matcher(["/etc", "/home/*/.ssh"])
    >>> below("/etc/passwd"), below("/etcetera"), below("/home/app/.ssh/id"), below("/home/app/b/.ssh")
    (True, False, True, False)
    """
    given = list(paths)
    wild = [tuple(_parts(path)) for path in given if _WILD.search(path)]
    plain, below = split_prefixes(path for path in given if not _WILD.search(path))
    everything = "/" in plain
    many = len(plain) > MAX_PLAIN

    def matches(path: str) -> bool:
        path = _single(path)
        if everything or path in plain or (not many and path.startswith(below)):
            return True
        if many and _has_parent(path, plain):
            return True
        return bool(wild) and any(_fits(path, parts) for parts in wild)

    return matches


def _single(path: str) -> str:
    path = re.sub("//+", "/", path) if "//" in path else path
    return path[:-1] if path.endswith("/") and len(path) > 1 else path


def _has_parent(path: str, plain: frozenset[str]) -> bool:
    while path:
        path = path.rpartition("/")[0]
        if path in plain:
            return True
    return False


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _fits(path: str, pattern: tuple[str, ...]) -> bool:
    parts = path.split("/", len(pattern) + 1)
    found = [part for part in parts if part][: len(pattern)]
    return len(found) == len(pattern) and all(
        glob_matcher(wanted)(part) for wanted, part in zip(pattern, found, strict=True)
    )
