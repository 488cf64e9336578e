"""Find caches of package managers that nobody needs once the packages are installed."""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import File, Scene, sample
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "package-cache-left"
TITLE = "a package manager's cache ships with the image"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0004", "DKL-DI-0005", "DL3009", "DL3019", "DL3042", "DL3032", "DL3040", "DL3060")
RULES = {
    NAME: (
        "The image holds lists or downloads that a package manager keeps for the next time: "
        "var/lib/apt/lists, var/cache/apk, var/cache/dnf, ~/.cache/pip, ~/.npm and the like. They "
        "make the image larger and tell which mirrors were used; old lists make a later install "
        "fetch old packages. Delete them in the same RUN that made them, or never keep them: apk add "
        "--no-cache, pip install --no-cache-dir, rm -rf /var/lib/apt/lists/*, dnf clean all, a cache "
        "mount (RUN --mount=type=cache). The evidence says how large each is."
    )
}
_CACHES = (
    "var/lib/apt/lists", "var/cache/apt/archives", "var/cache/apk", "etc/apk/cache", "var/cache/dnf",
    "var/cache/yum", "var/cache/libdnf5", "var/cache/zypp", "var/cache/pacman/pkg", "root/.cache/pip",
    "root/.npm/_cacache", "root/.cache/yarn", "usr/local/share/.cache/yarn", "root/.cache/uv",
    "root/.cache/go-build", "root/.cargo/registry", "root/.m2/repository", "root/.gradle/caches",
    "root/.composer/cache", "root/.cache/composer", "root/.bundle/cache",
)  # fmt: skip
_LEAST_BYTES = 64 << 10
_MOST_ENTRIES = 20_000
FIRES = (
    sample((("var/lib/apt/lists/x_Packages", File("x" * 70_000)),)),
    sample((("root/.cache/pip/http/a/b/c", File("x" * 70_000)),)),
)
SILENT = (
    sample((("var/lib/apt/lists/lock", ""), ("var/cache/apk/", ""), ("var/cache/apt/x", "y"))),
    sample(
        (("var/lib/apt/lists/x_Packages", File("x" * 70_000)),),
        (("var/lib/apt/lists/.wh.x_Packages", ""),),
    ),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer, one place per cache."""
    return scene.in_files(_left(scene))


def _left(scene: Scene) -> Iterator[Place]:
    for cache in _CACHES:
        if scene.tree.get(cache) is not None:
            size = _size(scene, cache)
            if size >= _LEAST_BYTES:
                yield Place(cache, f"{size / 1e6:.1f} MB")


def _size(scene: Scene, folder: str) -> int:
    """Return the bytes of the files below a folder."""
    waiting, size = [folder], 0
    left = _MOST_ENTRIES
    while waiting and left:
        for path in scene.tree.children(waiting.pop()):
            left -= 1
            if not left:
                break
            node = scene.tree.lstat(path)
            if node is not None and node.entry.kind is EntryKind.DIRECTORY:
                waiting.append(path)
            elif node is not None and node.entry.kind is EntryKind.FILE:
                size += node.entry.size_bytes
    return size
