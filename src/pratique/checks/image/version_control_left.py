"""Find the history of a version control system in an image: .git, .svn, .hg, .bzr."""

from collections.abc import Iterable

from pratique.checks.image._left import is_own, left_in_layers
from pratique.checks.image.interface import Scene, sample
from pratique.checks.image.listing import REPOSITORIES
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "version-control-left"
TITLE = "the history of the source ships with the image"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A layer holds the folder in which git, Subversion, Mercurial or Bazaar keep their history. "
        "It has every version of every file that was ever committed, secrets that were deleted since "
        "and the credentials of the remote often among them; a web server may hand it out. Name .git "
        "in .dockerignore, and copy what the program needs, not the whole folder (COPY . .). Where a "
        "step clones a repository, delete its .git in the same step (git clone --depth 1 … && rm -rf "
        ".git)."
    )
}
FIRES = (
    sample((("srv/app/.git/", ""), ("srv/app/.git/HEAD", "ref: refs/heads/main"))),
    sample((("srv/app/.svn/", ""), ("srv/app/.svn/wc.db", "x")), (("srv/app/.wh..svn", ""),)),
)
SILENT = (
    sample((("srv/app/.gitignore", "x"), ("srv/app/.git", "gitdir: ../x"))),
    sample((("srv/node_modules/x/.git/", ""), ("srv/node_modules/x/.git/HEAD", "ref"))),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    return left_in_layers(
        scene,
        (
            (marked, f"history of {name.lstrip('.')}")
            for name in sorted(REPOSITORIES)
            for marked in scene.named.get(name, ())
            if marked.entry.kind is EntryKind.DIRECTORY and is_own(marked.entry.path)
        ),
    )
