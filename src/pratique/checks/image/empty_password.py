"""Find accounts that need no password to log in or to become."""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, raise_first, sample
from pratique.formats.accounts import read_passwd, read_shadow
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "empty-password"
TITLE = "an account has an empty password"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-LI-0001",)
RULES = {
    NAME: (
        "An account of the image has an empty password: su asks nobody for one, and neither does a "
        "server that allows empty passwords. For root this was CVE-2019-5021 of Alpine's images. Lock "
        "the account (passwd -l NAME, or an exclamation mark in its field of /etc/shadow). An account "
        "whose shell lets nobody in is graded low."
    )
}
PATTERNS = Patterns(paths=("etc/passwd", "etc/shadow"), max_bytes=1 << 20)
_ROOT = "root:x:0:0:root:/root:/bin/sh\n"
FIRES = (
    sample((("etc/passwd", _ROOT), ("etc/shadow", "root::0:::::\n"))),
    sample((("etc/passwd", "ann::1000:1000::/:/bin/sh\n"),)),
    sample((("etc/passwd", "svc:x:9:9::/:/sbin/nologin\n"), ("etc/shadow", "svc:::::\n"))),
)
SILENT = (
    sample((("etc/passwd", _ROOT), ("etc/shadow", "root:*::0:::::\nann:!:1::::::\n"))),
    sample((("etc/passwd", _ROOT),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return per layer one sighting for accounts that can log in, and one for the others."""
    problems: list[FormatError] = []
    found = list(_empty(scene, problems))
    for can in (True, False):
        places = [place for place, can_log_in in found if can_log_in is can]
        yield from scene.in_files(places, severity=None if can else Severity.LOW)
    raise_first(problems)


def _empty(scene: Scene, problems: list[FormatError]) -> Iterator[tuple[Place, bool]]:
    users = (scene.text("etc/passwd", problems) or "").encode()
    accounts = {one.name: one for one in read_passwd(users)}
    for account in accounts.values():
        if not account.password:
            note = f"{account.name[:60]} needs no password"
            yield Place("etc/passwd", note, account.line), account.can_log_in
    for row in read_shadow((scene.text("etc/shadow", problems) or "").encode()):
        if not row.password:
            known = accounts.get(row.name)
            note = f"{row.name[:60]} needs no password"
            yield Place("etc/shadow", note, row.line), known is None or known.can_log_in
