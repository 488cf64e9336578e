"""
List the actions that workflows of GitHub (and Gitea, Forgejo) and composite actions use.

``uses: owner/repository[/path]@ref``: listed where ``ref`` is a tag that is a version, or a commit
with the version in the comment behind it (``@<sha> # v4.1.1``); a branch or a bare commit says no
version. Local actions (``./``), images (``docker://``) and expressions are none of a registry's.
The file is read line by line, because comments count here and scripts (block scalars) do not.
Bounds: one pass; lines over 4096 characters are none. Source: docs.github.com, "Workflow syntax",
``jobs.<job_id>.steps[*].uses``.
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "github_actions"
VERSION = 1
_FOLDERS = (".github", ".gitea", ".forgejo")
PATTERNS = Patterns(
    globs=tuple(f"{one}/workflows/*.{ending}" for one in _FOLDERS for ending in ("yml", "yaml")),
    names=("action.yml", "action.yaml"),
    max_bytes=4 << 20,
)
_SHA_CHARS = 40
_LINE = 4096
_HEX = frozenset("0123456789abcdef")
_BLOCK = frozenset("|>+-0123456789")
_PART = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def extract_file(file: LayerFile) -> Extraction:
    """Return the actions that the file uses at a known version."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for value, comment in _uses(file.content().decode("utf-8-sig", "replace")):
        name, version = action(value, comment)
        if name and version:
            pins.add(Pin(type=PackageType.GITHUB, name=name, version=version))
    return pins.done()


def action(value: str, comment: str) -> tuple[str, str]:
    """
    Return repository and version of one ``uses``; empty where it has none.

    >>> action("actions/checkout@v4", ""), action("github/codeql-action/init@v3.1.0", "")
    (('actions/checkout', 'v4'), ('github/codeql-action', 'v3.1.0'))
    >>> action("a/b@8f4b7f84864484a7bf31766abe9204da3cbe65b3", "pin @v4.1.1")
    ('a/b', 'v4.1.1')
    >>> action("a/b@main", ""), action("./local", ""), action("docker://alpine:3.8", "")
    (('', ''), ('', ''), ('', ''))
    """
    place, at, ref = value.partition("@")
    parts = place.split("/")
    if not at or len(parts) < 2 or not all(part and _PART.issuperset(part) for part in parts[:2]):
        return "", ""
    if parts[0].startswith("."):
        return "", ""
    if len(ref) == _SHA_CHARS and _HEX.issuperset(ref):
        for mark in "@=:,()":
            comment = comment.replace(mark, " ")
        ref = next(filter(_is_version, comment.split()), "")
    return ("/".join(parts[:2]), ref) if _is_version(ref) else ("", "")


def _is_version(ref: str) -> bool:
    """
    Say whether a tag is a version: digits and dots behind an optional ``v``, then any suffix.

    >>> _is_version("v4"), _is_version("1.2.3-rc.1"), _is_version("v1-node16"), _is_version("main")
    (True, True, True, False)
    >>> _is_version("2.x"), _is_version("v1.")
    (False, False)
    """
    numbers = ref.removeprefix("v").partition("-")[0].partition("+")[0].split(".")
    return len(ref) < 128 and all(part.isascii() and part.isdigit() for part in numbers)


def _uses(text: str) -> Iterator[tuple[str, str]]:
    """Yield value and comment of each ``uses:`` outside block scalars."""
    block = -1
    for line in text.splitlines():
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if len(line) > _LINE or not bare.strip() or (0 <= block < indent):
            continue
        block = -1
        while bare.startswith("- "):
            inner = bare[2:].lstrip(" ")
            indent, bare = indent + len(bare) - len(inner), inner
        if bare.startswith("#"):
            continue
        bare, _, comment = bare.partition(" #")
        for part in bare.strip("{} ").split(",") if bare.startswith("{") else (bare,):
            key, colon, value = (word.strip("\"' \t") for word in part.partition(":"))
            if colon and value[:1] in ("|", ">") and _BLOCK.issuperset(value):
                block = indent
            elif key == "uses":
                yield value.partition(" ")[0].strip("\"'}"), comment
