"""Find credentials that stand in a command of a service."""

import re
from collections.abc import Iterable
from itertools import pairwise

from pratique.checks._secret_names import is_value
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.formats.compose.values import Value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-service-command"
TITLE = "a credential stands in a command of a service"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "command, entrypoint or the test of a health check gives a credential in plain text "
        "(--requirepass, --password=…, mysqladmin -p…, a URL with a password). It is in version "
        "control, and every process of the host sees it in the list of processes. Let the program read "
        "a file (secrets:), or write $$NAME so that the shell in the container takes it from the "
        "environment."
    )
}
_VALUE = "not-" + "shown-here-9"
_OPTION = re.compile(
    r"--?(?:[a-z]+-)?(?:password|passwd|passphrase|requirepass|masterauth|token|api-?key|secret)",
    re.I,
)
_MYSQL = frozenset({"mysql", "mysqladmin", "mysqldump", "mariadb", "mariadb-admin"})
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,30}://[^\s/:@]{0,200}:([^\s/@]{1,200})@")
BAD = (
    service(f"command: redis-server --requirepass {_VALUE}"),
    service(f'entrypoint: ["app", "--api-token={_VALUE}"]'),
    service("healthcheck:", f"  test: [CMD, mysqladmin, ping, -uroot, -p{_VALUE}]"),
    service("healthcheck:", f"  test: mysqladmin ping -p{_VALUE}"),
)
GOOD = (
    service("command: redis-server --requirepass $$REDIS_PASS"),
    service("command: redis-server --requirepass ${REDIS_PASS}"),
    service("command: app --password-file /run/secrets/p --token-ttl 3 --password"),
    service("healthcheck:", "  test: [CMD-SHELL, 'mysqladmin ping -p$$MYSQL_PASS']"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each command."""
    for one in scene.services:
        for path in (("command",), ("entrypoint",), ("healthcheck", "test")):
            value = one.get(*path)
            option = _option(_written(value))
            if option:
                note = f"{' '.join(path)} gives a credential by {option[:40]}"
                yield scene.told(one, value, note, key="/".join(path))


def _written(value: Value) -> list[str]:
    """Return the words of a command as they stand in the file, those of a shell's text split."""
    found = []
    for one in value.texts():
        written = one.written.replace("$$", "$")[:20_000]
        found += written.split() if " " in written else [written]
    return found


def _option(words: list[str]) -> str:
    """Return the option by which a credential is given, empty where none is."""
    mysql = any(word.rpartition("/")[2] in _MYSQL for word in words)
    for word, following in pairwise((*words, "")):
        option, equals, value = word.partition("=")
        given = value if equals else following
        if _OPTION.fullmatch(option) and is_value(given) and not given.startswith("-"):
            return option
        if mysql and word.startswith("-p") and word[2:] and is_value(word[2:]) and word != "-ping":
            return "-p"
        url = _URL.search(word[:4000])
        if url and is_value(url[1]):
            return "a URL"
    return ""
