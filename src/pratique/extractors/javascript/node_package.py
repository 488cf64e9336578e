"""
List installed npm packages by the ``package.json`` at their root.

Below ``node_modules`` only a package's own root counts (``node_modules/NAME`` and
``node_modules/@SCOPE/NAME``, in the stores of pnpm, Yarn, Bun and Deno too), never a test fixture
or a build folder inside it. Debian keeps the same below ``share/nodejs``; Deno runs packages from
its cache (``npm/REGISTRY/NAME/VERSION``), and so may Bun (``install/cache/NAME@VERSION``). Elsewhere it
is the application's own: listed where it has name and version and is not ``private``, because a private
package is not in the registry, and an advisory for its name means another one.
Source: https://docs.npmjs.com/cli/v11/configuring-npm/folders
"""

from pratique.extractors._places import in_deno_cache, inside_dependency
from pratique.extractors.javascript._manifest import installed_package, own_package
from pratique.extractors.javascript._npm import below_modules, installed_as, split_reference
from pratique.model.package import Extraction
from pratique.model.units import LayerFile, Patterns

NAME = "node_package"
VERSION = 1
PATTERNS = Patterns(names=("package.json",), max_bytes=4 << 20)
_SYSTEM = ("share/nodejs/", "lib/nodejs/")
_BUN = "install/cache/"


def extract_file(file: LayerFile) -> Extraction:
    """Return the package that the file is the root of, if it is one."""
    path = _as_modules(file.path)
    folder = installed_as(path)
    if folder:
        package = installed_package(file.content(), folder, NAME, "")
    elif below_modules(path) or inside_dependency(path):
        package = None
    else:
        package = own_package(file.content(), NAME)
    return Extraction(packages=(package,) if package else ())


def _as_modules(path: str) -> str:
    """
    Return ``path`` as if what others install in their own places lay in a ``node_modules``.

    >>> _as_modules("root/.bun/install/cache/@a/b@1.0@@@1/package.json")
    'node_modules/@a/b/package.json'
    >>> _as_modules("deno-dir/npm/registry.example/ms/2.0.0/package.json")
    'node_modules/ms/package.json'
    >>> _as_modules("deno-dir/npm/registry.example/ms/2.0.0/test/package.json")
    'deno-dir/npm/registry.example/ms/2.0.0/test/package.json'
    """
    if below_modules(path):
        return path
    for place in _SYSTEM:
        if place in path:
            return "node_modules/" + path.partition(place)[2]
    rest = in_deno_cache(path)
    parts = rest.split("/")
    if rest and len(parts) == (4 if rest[0] == "@" else 3):
        return f"node_modules/{'/'.join(parts[:-2])}/package.json"
    _, bun, rest = path.partition(_BUN)
    parts = rest.split("/")
    if bun and len(parts) == (3 if rest[0] == "@" else 2):
        return f"node_modules/{split_reference('/'.join(parts[:-1]))[0]}/package.json"
    return path
