"""
List installed npm packages by the ``package.json`` at their root.

Below ``node_modules`` only a package's own root counts (``node_modules/NAME`` and
``node_modules/@SCOPE/NAME``, in the stores of pnpm, Yarn, Bun and Deno too), never a test fixture
or a build folder inside it. Debian keeps the same below ``share/nodejs``. Elsewhere it is the
application's own: listed where it has name and version and is not ``private``, because a private
package is not in the registry, and an advisory for its name means another one.
Source: https://docs.npmjs.com/cli/v11/configuring-npm/folders
"""

from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._manifest import installed_package, own_package
from pratique.extractors.javascript._npm import below_modules, installed_as
from pratique.model.package import Extraction
from pratique.model.units import LayerFile, Patterns

NAME = "node_package"
VERSION = 1
PATTERNS = Patterns(names=("package.json",), max_bytes=4 << 20)
_SYSTEM = ("share/nodejs/", "lib/nodejs/")


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
    """Return ``path`` as if what Debian installs for all of Node.js lay in a ``node_modules``."""
    for place in _SYSTEM:
        if place in path and not below_modules(path):
            return "node_modules/" + path.partition(place)[2]
    return path
