"""Find users or groups that share a number or a name."""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, raise_first, sample
from pratique.formats.accounts import Account, Group, read_group, read_passwd
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "duplicate-account"
TITLE = "users or groups share a number or a name"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-LI-0002",)
RULES = {
    NAME: (
        "Two rows of /etc/passwd or /etc/group have the same name or the same number. To the kernel "
        "users with one number are one user: each may read and stop what the other owns, and logs "
        "cannot tell them apart. Of two rows with one name, tools read different ones. Give each its "
        "own number (useradd chooses a free one), or delete the row that nobody needs. A second user "
        "with number 0 is a rule of its own (root-twin)."
    )
}
PATTERNS = Patterns(paths=("etc/passwd", "etc/group"), max_bytes=1 << 20)
FIRES = (
    sample((("etc/passwd", "a:x:100:1::/:/x\nb:x:100:1::/:/x\n"),)),
    sample((("etc/passwd", "a:x:100:1::/:/x\na:x:101:1::/:/x\n"),)),
    sample((("etc/group", "a:x:100:\nb:x:100:\n"),)),
)
SILENT = (
    sample((("etc/passwd", "a:x:100:1::/:/x\nb:x:101:1::/:/x\n"), ("etc/group", "a:x:1:\n"))),
    sample((("etc/passwd", "root:x:0:0::/:/x\nroot:x:0:0::/:/x\nmail:x:8:8::/:/x\n"),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    problems: list[FormatError] = []
    users = read_passwd((scene.text("etc/passwd", problems) or "").encode())
    groups = read_group((scene.text("etc/group", problems) or "").encode())
    twins = [*_twins("etc/passwd", [(one, one.uid) for one in users])]
    twins += _twins("etc/group", [(one, one.gid) for one in groups])
    yield from scene.in_files(twins)
    raise_first(problems)


def _twins(path: str, rows: list[tuple[Account | Group, int]]) -> Iterator[Place]:
    numbers: dict[int, str] = {}
    names: dict[str, int] = {}
    for row, number in rows:
        if names.setdefault(row.name, number) != number:
            yield Place(path, f"another {row.name[:60]}", row.line)
        elif number > 0 and numbers.setdefault(number, row.name) != row.name:
            note = f"{row.name[:60]} has the number {number} of {numbers[number][:60]}"
            yield Place(path, note, row.line)
