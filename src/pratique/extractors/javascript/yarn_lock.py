"""
List what ``yarn.lock`` of Yarn 1 ("classic") pins.

The format looks like YAML and is none: an entry is a line of patterns (``name@range``, separated by
commas, quoted where needed) that ends in a colon, then fields indented by two. It does not say what
is for development. Entries without an address and at 0.0.0 are folders of the project (``file:``).
Bounds: one pass over the lines, ``Limits.packages`` entries. Source:
https://classic.yarnpkg.com/lang/en/docs/yarn-lock/ and
yarnpkg/yarn, src/lockfile/parse.js and stringify.js.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._npm import is_name, is_version, split_reference, unaliased
from pratique.extractors.javascript._yarn import is_berry
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "yarn_lock"
VERSION = 1
PATTERNS = Patterns(names=("yarn.lock",), max_bytes=16 << 20)
_MARK = "# yarn lockfile v1"
_LINE = 256 << 10


class _Entry(Struct):
    patterns: list[str]
    version: str = ""
    resolved: str = ""
    needs: list[str] = field(default_factory=list)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    if is_berry(content):
        return Extraction()
    text = content.decode("utf-8-sig", "replace")
    entries: list[_Entry] = []
    for entry in _entries(text):
        entries.append(entry)
        if len(entries) > DEFAULT.packages:
            raise LimitExceeded(f"more than {DEFAULT.packages} packages (packages)")
    if not entries and _MARK not in text and text.strip():
        raise FormatError("no lock file of Yarn: no entries and no mark")
    return _pinned(entries)


def _pinned(entries: list[_Entry]) -> Extraction:
    pins = Pins(NAME)
    places = {pattern: entry for entry in entries for pattern in entry.patterns}
    for entry in entries:
        name, version = _name(entry), entry.version
        if _is_folder(entry):
            continue
        if not is_name(name) or not is_version(version):
            pins.leave_out(f"{' '.join(entry.patterns)} {version}")
            continue
        found = [places[need] for need in entry.needs if need in places]
        depends = tuple(f"{_name(need)}@{need.version}" for need in found)
        pins.add(Pin(type=PackageType.NPM, name=name, version=version, depends=depends))
    return pins.done()


def _name(entry: _Entry) -> str:
    return unaliased(*split_reference(entry.patterns[0]))[0]


def _is_folder(entry: _Entry) -> bool:
    wanted = split_reference(entry.patterns[0])[1]
    return not entry.resolved and wanted.startswith(("file:", "link:", "./", "../", "/"))


def _entries(text: str) -> Iterator[_Entry]:
    entry: _Entry | None = None
    block = ""
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare[0] == "#":
            continue
        indent = len(line) - len(line.lstrip(" "))
        if indent == 0:
            if entry:
                yield entry
            entry, block = _started(bare), ""
        elif entry and indent == 2:
            block = _field(entry, bare)
        elif entry and indent >= 4 and block in ("dependencies", "optionalDependencies"):
            entry.needs.append("@".join(_words(bare)[:2]))
    if entry:
        yield entry


def _started(line: str) -> _Entry | None:
    if not line.endswith(":"):
        return None
    if len(line) > _LINE:
        raise LimitExceeded(f"a line of more than {_LINE} characters")
    patterns = [_unquoted(part.strip()) for part in _commas(line[:-1])]
    return _Entry(patterns) if all(patterns) else None


def _field(entry: _Entry, line: str) -> str:
    """Take a field, or return the name of the block that begins."""
    if line.endswith(":") and " " not in line:
        return _unquoted(line[:-1])
    words = _words(line)
    if len(words) > 1 and words[0] == "version":
        entry.version = words[1]
    elif len(words) > 1 and words[0] == "resolved":
        entry.resolved = words[1]
    return ""


def _commas(line: str) -> list[str]:
    """Split at commas outside quotes; ranges such as ``>=1, <2`` hold some inside."""
    if '"' not in line:
        return line.split(",")
    parts: list[list[str]] = [[]]
    for number, piece in enumerate(line.split('"')):
        if number % 2:
            parts[-1].append(f'"{piece}"')
            continue
        first, *others = piece.split(",")
        parts[-1].append(first)
        parts += ([other] for other in others)
    return ["".join(part) for part in parts]


def _words(line: str) -> list[str]:
    """Split ``key "value with spaces"`` into two words."""
    if line[:1] == '"':
        key, _, rest = line[1:].partition('"')
    else:
        key, _, rest = line.partition(" ")
    return [key, _unquoted(rest.strip())]


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
