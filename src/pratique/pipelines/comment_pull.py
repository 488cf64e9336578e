"""
Keep one comment of ours on a pull request: made once, then replaced in place.

A comment is ours when it begins with our marker and a bot wrote it, as jobs do: a person who writes
the marker must not choose what is replaced. What was refused because too much was asked was not done, so it
is asked again, once GitHub allows it. Bounds: ten pages of
a hundred comments are looked through, a body has at most ``MOST_CHARS``, and no wait is longer than
``MOST_WAIT_S``. Source: https://docs.github.com/rest/issues/comments and
https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api.
"""

import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.formats.text import printable
from pratique.kit.http import Backoff, Http, HttpError, HttpStatus, retry_after_s
from pratique.model.errors import UsageError

MOST_CHARS = 60_000
"""GitHub takes 65,536."""
MOST_WAIT_S = 60.0
_TRIES = 3
_SECONDARY_S = 60.0
"""What GitHub asks for where it names no time."""
_PAGES = 10
_PER_PAGE = 100
_MOST_BYTES = 16 << 20
_NAME = re.compile(r"[A-Za-z0-9._-]{1,60}")
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


class _User(Struct):
    type: str = ""


class _Comment(Struct):
    id: int
    body: str | None = ""
    user: _User | None = None


class _Number(Struct):
    number: int = 0


class _Refusal(Struct):
    message: str = ""


class _Event(Struct):
    pull_request: _Number | None = None


def comment_pull(
    text: str,
    name: str,
    environ: Mapping[str, str],
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """
    Write the comment and say what was done, empty where the workflow runs for no pull request.

    ``sleep`` waits where GitHub asks for it.

    Raises:
        UsageError: what GitHub sets is absent, the name cannot be a marker, or GitHub refused.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"--name {name[:60]!r} is no name", hint="letters, digits, dots and dashes"
        )
    number = _pull_request(environ)
    if not number:
        return ""
    repository = _variable(environ, "GITHUB_REPOSITORY")
    if not _REPOSITORY.fullmatch(repository):
        raise UsageError(f"GITHUB_REPOSITORY is {repository[:60]!r}")
    marker = f"<!-- pratique:{name} -->"
    with Http(environ=environ, backoff=Backoff(sleep=sleep)) as http:
        github = _GitHub(http, environ, repository, sleep)
        try:
            return github.keep(number, marker, f"{marker}\n{shortened(text)}")
        except HttpStatus as error:
            raise _refused(error) from None
        except HttpError as error:
            raise UsageError(f"no comment was written: {error}", hint=error.hint()) from None


def shortened(text: str) -> str:
    """Return a text that a comment can hold, cut at a line and closed where it was cut."""
    if len(text) <= MOST_CHARS:
        return text
    kept = text[:MOST_CHARS].rpartition("\n")[0] or text[:MOST_CHARS]
    fences = sum(line.startswith("```") for line in kept.split("\n"))
    closed = f"{kept}\n```" if fences % 2 else kept
    still_open = kept.count("<details>") - kept.count("</details>")
    return f"{closed}\n{'</details>' * max(still_open, 0)}\n\n… shortened: see the job's summary\n"


def asked_wait_s(error: HttpStatus) -> float | None:
    """Return how long GitHub asks to wait before the next request, None where that is not the matter."""
    if error.status not in (403, 429):
        return None
    asked = retry_after_s(error.headers)
    if asked is not None:
        return asked
    reset = error.headers.get("x-ratelimit-reset", "")
    if error.headers.get("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdigit():
        try:
            now = parsedate_to_datetime(error.headers.get("date", "")).timestamp()
        except (ValueError, TypeError, OverflowError):
            return _SECONDARY_S
        return max(0.0, float(reset[:12]) - now)
    return _SECONDARY_S if "rate limit" in _message(error).lower() else None


def _refused(error: HttpStatus) -> UsageError:
    said = f"GitHub refused the comment: {error}"
    if message := _message(error):
        said = f"{said}: {message}"
    wait = asked_wait_s(error)
    if wait is not None:
        hint = f"too much was asked of GitHub; it takes requests again in {wait:.0f} s"
    elif error.status in (401, 403, 404) and "locked" not in said:
        hint = "the job needs `permissions: pull-requests: write`"
    else:
        hint = "the report is in the job's summary; run the job again for the comment"
    return UsageError(said, hint=hint)


def _message(error: HttpStatus) -> str:
    try:
        return printable(msgspec.json.decode(error.body, type=_Refusal).message[:200])
    except msgspec.DecodeError:
        return ""


class _GitHub:
    """The few calls that are needed, with the token in the header of each."""

    def __init__(
        self,
        http: Http,
        environ: Mapping[str, str],
        repository: str,
        sleep: Callable[[float], None],
    ) -> None:
        self._http = http
        self._sleep = sleep
        root = environ.get("GITHUB_API_URL") or "https://api.github.com"
        self._root = f"{root.rstrip('/')}/repos/{repository}/issues"
        self._headers = {
            "authorization": f"Bearer {_variable(environ, 'GITHUB_TOKEN')}",
            "accept": "application/vnd.github+json",
            "content-type": "application/json",
            "x-github-api-version": "2022-11-28",
        }

    def keep(self, number: int, marker: str, body: str) -> str:
        """Replace our comment, or make it."""
        content = msgspec.json.encode({"body": body})
        found = self._ours(number, marker)
        if found and self._replaced(found, content):
            return f"comment {found} on pull request {number} updated"
        self._ask("POST", f"{self._root}/{number}/comments", content)
        return f"comment on pull request {number} written"

    def _replaced(self, comment: int, content: bytes) -> bool:
        """Replace a comment; False where somebody has just deleted it."""
        try:
            self._ask("PATCH", f"{self._root}/comments/{comment}", content)
        except HttpStatus as error:
            if error.status not in (404, 410):
                raise
            return False
        return True

    def _ours(self, number: int, marker: str) -> int:
        for page in range(1, _PAGES + 1):
            query = f"?per_page={_PER_PAGE}&page={page}"
            answer = self._ask("GET", f"{self._root}/{number}/comments{query}")
            try:
                comments = msgspec.json.decode(answer, type=list[_Comment])
            except msgspec.DecodeError:
                raise UsageError("GitHub's list of comments cannot be read") from None
            for one in comments:
                by_bot = one.user is not None and one.user.type == "Bot"
                if by_bot and (one.body or "").startswith(marker):
                    return one.id
            if len(comments) < _PER_PAGE:
                break
        return 0

    def _ask(self, method: str, url: str, content: bytes | None = None) -> bytes:
        """Return the answer; where too much was asked, wait as GitHub says and ask again."""
        for left in reversed(range(_TRIES)):
            try:
                return self._http.request(
                    method, url, max_bytes=_MOST_BYTES, headers=self._headers, content=content
                ).body
            except HttpStatus as error:
                wait = asked_wait_s(error)
                if wait is None or wait > MOST_WAIT_S or not left:
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable")


def _pull_request(environ: Mapping[str, str]) -> int:
    try:
        with Path(_variable(environ, "GITHUB_EVENT_PATH")).open("rb") as file:
            event = msgspec.json.decode(file.read(_MOST_BYTES), type=_Event)
    except (OSError, msgspec.DecodeError):
        raise UsageError("the event in GITHUB_EVENT_PATH cannot be read") from None
    return event.pull_request.number if event.pull_request else 0


def _variable(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise UsageError(f"{name} is not set", hint="this runs in a job of GitHub Actions")
    return value
