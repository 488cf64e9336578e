"""
Run the program as an unprivileged user, where nobody says otherwise.

The number 65532 is what minimal images call ``nonroot``; a number needs no entry in /etc/passwd.
Servers that start as root to open their logs and ports, and let go of it for their workers, do not
start without it as distributions ship them: for these the change is a breaking one.
"""

import re
from collections.abc import Iterable

from pratique.formats.dockerfile.tree import Instruction
from pratique.model.edit import Edit
from pratique.model.finding import Finding, FindingKind
from pratique.remedies._places import after, before, is_root, user_at
from pratique.remedies.interface import Breaks, Change, Situation

NAME = "run-as-user"
TITLE = "Run as an unprivileged user"
USER = "65532:65532"
_LAST = frozenset({"CMD", "ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "LABEL", "STOPSIGNAL"})
_DROP_RIGHTS = frozenset(
    [
        "nginx",
        "apache2",
        "apachectl",
        "apache2ctl",
        "apache2-foreground",
        "httpd",
        "httpd-foreground",
        "php-fpm",
        "haproxy",
        "squid",
        "sshd",
        "cron",
        "crond",
        "supervisord",
        "dovecot",
        "postfix",
        "exim4",
        "named",
        "vsftpd",
        "proftpd",
        "smbd",
        "mysqld",
        "mariadbd",
        "init",
        "systemd",
        "s6-svscan",
        "runit",
    ]
)
_VERSION = re.compile(r"(?<=php-fpm)[\d.]+$")
_FIRST_WORDS = 12
"""Words of what is started that are looked at: arguments further behind name no program."""
_WARNED = (
    "The server starts as root and drops that for its workers: give it a configuration without root first.",
)
_ROOT_RULES = ("root-user", "runs-as-root", "user-is-root")


def propose(situation: Situation) -> Iterable[Change]:
    """Return one change where the image runs as root."""
    image = situation.subject.image
    if image is None or not is_root(image.config.user):
        return
    stage = situation.chain[-1] if situation.chain else None
    if stage is not None and not is_root(user_at(situation, stage, _end(stage.instructions))):
        return  # the file says otherwise already: the image was built from an older one
    server = _server_in((*image.config.entrypoint, *image.config.cmd))
    edits: tuple[Edit, ...] = ()
    line = 0
    if stage is not None and situation.dockerfile is not None:
        first = _first_of_the_end(stage.instructions)
        last = stage.instructions[-1] if stage.instructions else stage.opening
        edit = before(situation, first, [f"USER {USER}"]) if first else None
        edits = (edit or after(situation, last, [f"USER {USER}"]),)
        line = (first or last).line
    yield Change(
        remedy=NAME,
        what=f"Run as user {USER.partition(':')[0]}",
        why="Whoever breaks out of the program is root in the container otherwise.",
        breaks=Breaks.MAJOR if server else Breaks.MINOR,
        line=line,
        clears=tuple(one.id for one in situation.findings if _is_about_root(one)),
        edits=edits,
        commands=() if edits else (f"USER {USER}",),
        notes=(
            *_WARNED * bool(server),
            "Give that user the folders the program writes to (COPY --chown, chown); "
            "ports below 1024 may need another number.",
        ),
    )


def _server_in(started: tuple[str, ...]) -> str:
    """
    Return the server that drops its rights by itself among the words that start an image.

    >>> _server_in(("/entry.sh", "nginx", "-g", "daemon off;")), _server_in(("/bin/sh", "-c", "exec /usr/sbin/sshd -D"))
    ('nginx', 'sshd')
    >>> _server_in(("node", "server.js"))
    ''
    """
    words = " ".join(started).split()[:_FIRST_WORDS]
    names = (_VERSION.sub("", word.rpartition("/")[2]) for word in words)
    return next((name for name in names if name in _DROP_RIGHTS), "")


def _is_about_root(finding: Finding) -> bool:
    names = (finding.rule, *finding.names)
    return finding.kind is FindingKind.CONFIG and (
        finding.rule in _ROOT_RULES or "CIS-DI-0001" in names
    )


def _end(instructions: tuple[Instruction, ...]) -> Instruction | None:
    return instructions[-1] if instructions else None


def _first_of_the_end(instructions: tuple[Instruction, ...]) -> Instruction | None:
    """Return the first of the instructions at the end that only describe the image."""
    first = None
    for one in reversed(instructions):
        if one.keyword not in _LAST:
            break
        first = one
    return first
