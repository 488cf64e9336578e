"""
Spell npm's names and references, and tell places of installed packages.

Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-json ("name", alias ``npm:``);
validate-npm-package-name (the name's rules); Node.js, "Loading from node_modules folders".
"""

MOST_NAME = 214
"""Characters that npm allows a name."""
_MODULES = "node_modules"
_FOREIGN = frozenset(
    {"test", "tests", "__tests__", "fixture", "fixtures", "__fixtures__", "testdata", "spec"}
    | {"example", "examples", "demo", "template", "templates"}
)


def is_name(name: str) -> bool:
    """
    Say whether npm would take ``name`` for a package, old ones with capitals included.

    >>> is_name("@babel/core"), is_name("JSONStream"), is_name("../x"), is_name("a/b"), is_name("")
    (True, True, False, False, False)
    """
    scope, slash, bare = name.rpartition("/")
    if slash and not (scope.startswith("@") and _is_part(scope[1:])):
        return False
    return len(name) <= MOST_NAME and _is_part(bare) and bare[0] != "."


def split_reference(reference: str) -> tuple[str, str]:
    """
    Return name and the rest of ``name@rest``; the rest is empty where there is none.

    >>> split_reference("@babel/core@npm:^7.1"), split_reference("ms@2.0.0"), split_reference("ms")
    (('@babel/core', 'npm:^7.1'), ('ms', '2.0.0'), ('ms', ''))
    """
    at = reference.find("@", 1)
    return (reference, "") if at < 0 else (reference[:at], reference[at + 1 :])


def unaliased(name: str, wanted: str) -> tuple[str, str]:
    """
    Return the package and version that ``wanted`` means for a dependency called ``name``.

    >>> unaliased("ms", "2.0.0"), unaliased("old-ms", "npm:ms@0.7.1"), unaliased("x", "npm:1.0.0")
    (('ms', '2.0.0'), ('ms', '0.7.1'), ('x', '1.0.0'))
    """
    if not wanted.startswith("npm:"):
        return name, wanted
    real, version = split_reference(wanted[4:])
    return (real, version) if version else (name, real)


def is_version(text: str) -> bool:
    """
    Say whether ``text`` starts like a version of npm and names no place.

    >>> is_version("1.2.3-rc.1+5"), is_version("v1.0"), is_version("file:../x"), is_version("^1")
    (True, True, False, False)
    """
    start = text.lstrip("v=")[:1]
    return start.isascii() and start.isdigit() and not any(mark in text for mark in ":/ \\|")


def installed_as(path: str) -> str:
    """
    Return the name under which ``path``, a file directly inside a package, is installed, or "".

    That is ``node_modules/NAME/FILE`` or ``node_modules/@SCOPE/NAME/FILE``, at the end of the path;
    links of pnpm, Bun, Deno and Yarn lead to such places. A ``node_modules`` in another package's
    tests or examples is its authors' test data.

    >>> installed_as("app/node_modules/@babel/core/package.json")
    '@babel/core'
    >>> installed_as("node_modules/.pnpm/ms@2.0.0/node_modules/ms/package.json")
    'ms'
    >>> installed_as("node_modules/x/test/node_modules/y/package.json")
    ''
    >>> installed_as("node_modules/x/esm/package.json")
    ''
    """
    parts = path.split("/")[:-1]
    scoped = len(parts) > 1 and parts[-2].startswith("@")
    name = "/".join(parts[-2:] if scoped else parts[-1:])
    above = parts[: -2 if scoped else -1]
    if not above or above[-1] != _MODULES or not is_name(name):
        return ""
    inside = above[above.index(_MODULES) : -1]
    return "" if _FOREIGN & set(inside) else name


def below_modules(path: str) -> bool:
    """Say whether some folder above ``path`` is a ``node_modules``."""
    return f"/{path}".find(f"/{_MODULES}/") >= 0


def _is_part(text: str) -> bool:
    return (
        bool(text)
        and text.isascii()
        and text.isprintable()
        and text[0] != "_"
        and not any(char in text for char in " /\\@%:?#<>\"'`|&;$(){}[]*")
    )
