"""
Read where alerts shall go: ``json``, ``text=/var/log/alerts``, ``https://…``, ``ocsf=https://…``.

A destination is ``FORM``, ``PLACE`` or ``FORM=PLACE``. Without a place it is standard output, without a
form the one that fits the place. Places::

    -                       standard output
    /path, file:/path       a file, appended to
    syslog:                 this machine's log (/dev/log)
    syslog://HOST[:514]     UDP; syslog+tcp://HOST[:601], syslog+tls://HOST[:6514]
    http://…, https://…     POST to this URL
    otlp+http://HOST[:4318] an OpenTelemetry collector; otlp+https:// too
    program:COMMAND ARG…    a program, started without a shell

Law: a mistake is one line, and its hint says what would be right; nothing is opened here.
"""

import difflib
import shlex
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from pratique.model.errors import UsageError

FORMS = (
    *("json", "falco-json", "text", "ocsf", "otlp", "cef"),
    *("syslog", "syslog-bsd", "syslog-local"),
)
_PORTS = {"syslog": 514, "syslog+tcp": 601, "syslog+tls": 6514}
_OTLP_PORT, _OTLP_PATH = 4318, "/v1/logs"
_WEB = ("http", "https")
_SCHEMES = ("file", "program", *_PORTS, *_WEB, "otlp+http", "otlp+https")
_USES = "FORM, PLACE or FORM=PLACE; forms: " + ", ".join(FORMS)


class Destination(Struct, frozen=True, kw_only=True):
    """
    One form and one place.

    ``scheme`` is ``-`` for standard output; ``host`` is empty for ``/dev/log``. ``shown`` has no
    secrets in it: no user, password or query.
    """

    form: str
    scheme: str
    path: str = ""
    host: str = ""
    port: int = 0
    url: str = ""
    command: tuple[str, ...] = ()
    shown: str = ""

    @property
    def waits(self) -> bool:
        """Whether the receiver may be away or slow, so that a spool keeps what it has not taken."""
        return self.scheme != "-"


def parse_destination(text: str) -> Destination:
    """
    Return what a destination means.

    Raises:
        UsageError: it means nothing.

    >>> parse_destination("ocsf=https://siem.example/in?key=x").shown
    'ocsf=https://siem.example/in'
    >>> parse_destination("syslog+tls://logs.example").port
    6514
    """
    form, equals, place = text.partition("=")
    if not equals or not _is_form_like(form):
        form, place = (text, "") if _is_form_like(text) else ("", text)
    if form and form not in FORMS:
        near = difflib.get_close_matches(form, FORMS, 1)
        hint = f"did you mean {near[0]!r}?" if near else _USES
        raise UsageError(f"no form {form[:40]!r} of alerts", hint=hint)
    if not text or (equals and form and not place):
        raise UsageError(f"no destination in {text[:80]!r}", hint=_USES)
    return _placed(form, place)


def _is_form_like(text: str) -> bool:
    return bool(text) and all(char.isalnum() or char == "-" for char in text) and text != "-"


def _placed(form: str, place: str) -> Destination:
    scheme, colon, rest = place.partition(":")
    if place in ("", "-"):
        local = form or "json"
        return Destination(form=local, scheme="-", shown=f"{local}=-")
    if place.startswith(("/", "./", "../")) or scheme == "file":
        return _file(form or "json", place if scheme != "file" else rest)
    if not colon or scheme not in _SCHEMES:
        near = difflib.get_close_matches(scheme, _SCHEMES, 1)
        hint = f"did you mean {near[0]}:?" if near else "a path begins with / or ./; " + _USES
        raise UsageError(f"no way to send alerts to {_short(place)!r}", hint=hint)
    if scheme == "program":
        return _program(form or "json", rest)
    if scheme in _PORTS:
        return _syslog(form, scheme, place)
    return _web(form, scheme, place)


def _file(form: str, path: str) -> Destination:
    path = path.removeprefix("//")
    if not path.startswith(("/", "./", "../")) or path.endswith("/"):
        raise UsageError(f"{path[:80]!r} is no path of a file", hint="such as json=/var/log/x.json")
    return Destination(form=form, scheme="file", path=path, shown=f"{form}={path}")


def _program(form: str, text: str) -> Destination:
    try:
        command: Sequence[str] = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"program:{text[:60]}: {error}", hint="close the quotes") from None
    if not command:
        raise UsageError("program: names no program", hint="such as program:/usr/bin/logger -t x")
    shown = f"{form}=program:{command[0]}"
    return Destination(form=form, scheme="program", command=tuple(command), shown=shown)


def _syslog(form: str, scheme: str, place: str) -> Destination:
    if place in ("syslog:", "syslog://"):
        form = form or "syslog-local"
        return Destination(form=form, scheme="syslog", shown=f"{form}=syslog:")
    form = form or "syslog"
    host, port = _host(place, _PORTS[scheme])
    if urlsplit(place).path not in ("", "/"):
        raise UsageError(f"{_short(place)!r} has a path", hint=f"such as {scheme}://{host}:{port}")
    shown = f"{form}={scheme}://{_bracketed(host)}:{port}"
    return Destination(form=form, scheme=scheme, host=host, port=port, shown=shown)


def _web(form: str, scheme: str, place: str) -> Destination:
    otlp = scheme.startswith("otlp+")
    host, port = _host(place, _OTLP_PORT if otlp else 0)
    parts = urlsplit(place.removeprefix("otlp+"))
    if parts.username is not None:
        raise UsageError(
            "credentials do not belong into a URL, where every list of processes shows them",
            hint="put them into PRATIQUE_SEND_HEADERS: ORIGIN NAME: VALUE",
        )
    if otlp and form not in ("", "otlp"):
        raise UsageError(f"a collector takes no {form}", hint="leave the form out, or use https://")
    if otlp:
        parts = parts._replace(
            netloc=f"{_bracketed(host)}:{port}",
            path=parts.path if parts.path not in ("", "/") else _OTLP_PATH,
        )
    form = "otlp" if otlp else form or "json"
    url = urlunsplit(parts._replace(fragment=""))
    shown = f"{form}={parts.scheme}://{parts.netloc}{parts.path}"
    return Destination(form=form, scheme=parts.scheme, host=host, port=port, url=url, shown=shown)


def _host(place: str, default: int) -> tuple[str, int]:
    try:
        parts = urlsplit(place)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or any(char.isspace() or not char.isprintable() for char in place):
        raise UsageError(
            f"no host in {_short(place)!r}", hint="such as https://alerts.example/hook"
        )
    return host, default if port is None else port


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _short(place: str) -> str:
    """Return a place fit to be shown: without a query, in which keys are handed over."""
    return place.partition("?")[0].rpartition("@")[2][:80]
