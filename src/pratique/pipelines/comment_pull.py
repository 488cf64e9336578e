"""
Keep one comment of ours on a pull request: made once, then replaced in place.

A comment is ours when it begins with our marker and a bot wrote it, as jobs do: a person who writes
the marker must not choose what is replaced. Bounds: ten pages of
a hundred comments are looked through, a body has at most ``MOST_CHARS``. Source:
https://docs.github.com/rest/issues/comments.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.kit.http import Http, HttpError, HttpStatus
from pratique.model.errors import UsageError

MOST_CHARS = 60_000
"""GitHub takes 65,536."""
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


class _Event(Struct):
    pull_request: _Number | None = None


def comment_pull(text: str, name: str, environ: Mapping[str, str]) -> str:
    """
    Write the comment and say what was done, empty where the workflow runs for no pull request.

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
    with Http(environ=environ) as http:
        github = _GitHub(http, environ, repository)
        try:
            return github.keep(number, marker, f"{marker}\n{shortened(text)}")
        except HttpStatus as error:
            hint = "the job needs `permissions: pull-requests: write`"
            raise UsageError(f"GitHub refused the comment: {error}", hint=hint) from None
        except HttpError as error:
            raise UsageError(f"no comment was written: {error}", hint=error.hint()) from None


def shortened(text: str) -> str:
    """Return a text that a comment can hold, cut at a line and closed where it was cut."""
    if len(text) <= MOST_CHARS:
        return text
    kept = text[:MOST_CHARS].rpartition("\n")[0]
    still_open = kept.count("<details>") - kept.count("</details>")
    return f"{kept}\n{'</details>' * max(still_open, 0)}\n\n… shortened: see the job's summary\n"


class _GitHub:
    """The few calls that are needed, with the token in the header of each."""

    def __init__(self, http: Http, environ: Mapping[str, str], repository: str) -> None:
        self._http = http
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
        if found:
            self._ask("PATCH", f"{self._root}/comments/{found}", content)
            return f"comment {found} on pull request {number} updated"
        self._ask("POST", f"{self._root}/{number}/comments", content)
        return f"comment on pull request {number} written"

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
        return self._http.request(
            method, url, max_bytes=_MOST_BYTES, headers=self._headers, content=content
        ).body


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
