"""Report that npm installs whatever version is newest."""

from collections.abc import Iterator

from pratique.checks.dockerfile._installed import few, known, packages, verb_word
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-npm-package"
TITLE = "npm installs whatever version is newest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3016",)
RULES = {
    NAME: (
        "Without a version npm takes what the registry has that day, and its install scripts "
        "run during the build: a package that was taken over reaches you at once. Write "
        "name@version, or put it into package.json and use npm ci with the lock file."
    )
}
BAD = (
    "FROM node:20\nRUN npm install -g pnpm\n",
    "FROM node:20\nRUN npm i --registry https://r.example @a/b\n",
    "FROM node:20\nRUN npm install git+https://git.example/a.git\n",
)
GOOD = (
    "FROM node:20\nRUN npm install -g pnpm@9 @a/b@1\n",
    "FROM node:20\nRUN npm install\n",
    "FROM node:20\nRUN npm ci\n",
    "FROM node:20\nRUN npm install ./x ../y /z\n",
    "FROM node:20\nRUN npm install git://git.example/a.git#v1\n",
    "FROM node:20\nRUN npm install x.tgz\n",
    "FROM node:20\nRUN npm run install\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


VALUED = frozenset(
    {"--loglevel", "--registry", "--prefix", "--cache", "--userconfig", "-C", "--omit", "--tag"}
)
_VERBS = ("install", "i", "add")
_GIT = ("git://", "git+ssh://", "git+http://", "git+https://", "github:")
_LOCAL = ("/", "./", "../", "~/", "file:", "http://", "https://")


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each install of a package that has no version, one fault for all of its packages."""
    for run, one in scene.commands("npm"):
        verb = verb_word(one, _VERBS, VALUED)
        words = packages(one, verb, VALUED) if verb else ()
        loose = [name for name in known(run, words) if not _is_pinned(name)]
        if loose:
            yield scene.at_span(one.span, f"no version of {few(loose)}")


def _is_pinned(name: str) -> bool:
    if name.startswith(_GIT):
        return "#" in name
    if name in (".", "..") or name.startswith(_LOCAL) or name.endswith((".tar", ".tar.gz", ".tgz")):
        return True
    return "@" in name[1:]
