"""
Tell what a file's place says about it.
"""

import itertools

_INSTALLED = (
    "node_modules",
    "site-packages",
    "dist-packages",
    "bower_components",
    "Godeps",
    ".cargo",
    ".gem",
    ".m2",
    ".npm",
    ".nuget",
    ".pnpm",
    ".pub-cache",
    "_cacache",
)
_PAIRS = (
    ("vendor", "bundle"),
    ("vendor", "cache"),
    ("pkg", "mod"),
    ("registry", "src"),
    ("share", "nodejs"),
    ("install", "cache"),
)
"""Of Bundler, Go, Cargo, Debian's Node.js packages and Bun."""
_LIBRARIES = ("site-packages", "dist-packages")
_TESTS = frozenset({"test", "tests"})
_GEM_HOMES = frozenset({"ruby", "rubygems-integration", "bundler"})


def inside_dependency(path: str) -> bool:
    """
    Return whether a file lies inside an installed dependency.

    A lockfile there says what the dependency's authors used, not what this image has.

    >>> inside_dependency("srv/app/node_modules/ms/package-lock.json")
    True
    >>> inside_dependency("usr/lib/ruby/gems/3.1.0/gems/rack-2.2/Gemfile.lock")
    True
    >>> inside_dependency("srv/app/vendor/symfony/console/composer.lock")
    True
    >>> inside_dependency("usr/share/nodejs/postcss/pnpm-lock.yaml")
    True
    >>> inside_dependency("srv/vendor/composer.lock"), inside_dependency("srv/gems/Gemfile.lock")
    (False, False)
    """
    parts = path.split("/")[:-1]
    if not parts:
        return False
    if any(part in _INSTALLED for part in parts):
        return True
    pairs = list(itertools.pairwise(parts))
    if any(pair in _PAIRS or _is_cache_of_uv(*pair) for pair in pairs) or in_deno_cache(path):
        return True
    # PHP and Go keep a dependency at vendor/<owner>/<name>.
    if "vendor" in parts and len(parts) - parts.index("vendor") > 2:
        return True
    return "gems" in parts[:-1] and (not _GEM_HOMES.isdisjoint(parts) or ".bundle" in parts)


def in_deno_cache(path: str) -> str:
    """
    Return the rest of a path below Deno's cache of npm packages, whichever registry; empty elsewhere.

    >>> in_deno_cache("root/.cache/deno/npm/registry.example/ms/2.0.0/package.json")
    'ms/2.0.0/package.json'
    >>> in_deno_cache("srv/packages/npm/lodash.get/package.json")
    ''
    """
    parts = path.split("/")
    for at, (folder, host) in enumerate(itertools.pairwise(parts)):
        if folder == "npm" and "." in host and any("deno" in part for part in parts[:at]):
            return "/".join(parts[at + 2 :])
    return ""


def _is_cache_of_uv(folder: str, inner: str) -> bool:
    """Return whether these are the folders where uv keeps wheels unpacked, and sources."""
    return folder == "uv" and inner.startswith(("archive-v", "sdists-v", "git-v"))


def among_python_tests(path: str) -> bool:
    """
    Return whether a file lies among the tests of an installed Python package or of Python itself.

    Packages there are made up for these tests.

    >>> among_python_tests("usr/lib/python3.11/test/test_importlib/data/example-21.12-py3.6.egg")
    True
    >>> among_python_tests("srv/tests/venv/lib/python3.11/site-packages/x.egg-info/PKG-INFO")
    False
    """
    parts = path.split("/")[:-1]
    starts = [at for at, part in enumerate(parts) if _is_python_library(parts, at, part)]
    return bool(starts) and not _TESTS.isdisjoint(parts[starts[-1] :])


def _is_python_library(parts: list[str], at: int, part: str) -> bool:
    return part in _LIBRARIES or (part.startswith("python") and at > 0 and parts[at - 1] == "lib")


def ignored_by_go(path: str) -> bool:
    """
    Return whether Go's own tools leave a file's folder out of the packages of its project.

    >>> ignored_by_go("usr/local/go/src/crypto/md5/_asm/go.mod"), ignored_by_go("srv/app/go.mod")
    (True, False)
    """
    return any(part == "testdata" or part.startswith("_") for part in path.split("/")[:-1])
