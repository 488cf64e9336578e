"""
Match paths with globs as doublestar does (Trivy, Grype): ``*`` within one part, ``**`` over parts.

Laws: ``**`` stands for any number of whole parts, none included; ``?`` for one character, ``[…]``
for a set, ``{a,b}`` for either. A leading slash counts on neither side. Time is bounded by the
product of both lengths, whatever the path: it is an image's.
Source: https://github.com/bmatcuk/doublestar#patterns.
"""

from fnmatch import fnmatchcase

MAX_ALTERNATIVES = 64
_MAX_CHARS = 4096


def glob_matches(pattern: str, path: str) -> bool:
    """
    Return whether ``pattern`` matches the whole ``path``.

    >>> glob_matches("/usr/**/*.jar", "usr/share/java/x.jar")
    True
    >>> glob_matches("usr/*.jar", "usr/share/x.jar")
    False
    """
    if len(pattern) > _MAX_CHARS or len(path) > _MAX_CHARS:
        return False
    parts = path.strip("/").split("/")
    return any(_match(one.strip("/").split("/"), parts) for one in _alternatives(pattern))


def _alternatives(pattern: str) -> list[str]:
    """Return the pattern with its braces spelt out, one pair after the other."""
    found, done = [pattern], False
    while not done and len(found) <= MAX_ALTERNATIVES:
        done, spelt = True, []
        for one in found:
            head, opened, rest = one.partition("{")
            inner, closed, tail = rest.partition("}")
            if opened and closed and "{" not in inner:
                done = False
                spelt += [head + choice + tail for choice in inner.split(",")]
            else:
                spelt.append(one)
        found = spelt
    return found[:MAX_ALTERNATIVES]


def _match(pattern: list[str], parts: list[str]) -> bool:
    """Walk both at once; ``reach`` holds how many parts the pattern so far may have taken."""
    reach = {0}
    for piece in pattern:
        if piece == "**":
            reach = set(range(min(reach), len(parts) + 1)) if reach else set()
        else:
            reach = {at + 1 for at in reach if at < len(parts) and _part(piece, parts[at])}
        if not reach:
            return False
    return len(parts) in reach


def _part(pattern: str, text: str) -> bool:
    # fnmatch builds a linear pattern (atomic groups); a set is negated by "!" there.
    return fnmatchcase(text, pattern.replace("[^", "[!"))
