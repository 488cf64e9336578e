"""There is one comment of ours on a pull request, whoever else writes there."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.comment_pull import MOST_CHARS, comment_pull, shortened


class GitHub(ThreadingHTTPServer):
    """The comments of one pull request, as GitHub serves them."""

    comments: list[dict[str, Any]]
    asked: list[str]
    status: int = 0
    refusals: list[tuple[str, int, dict[str, str], str]]
    """What is refused next: the method, the status, its headers, GitHub's message."""


class Answers(BaseHTTPRequestHandler):
    """Answer the three calls."""

    server: GitHub

    def do_GET(self) -> None:
        if self._refuses():
            return
        query = parse_qs(urlsplit(self.path).query)
        size, page = int(query["per_page"][0]), int(query["page"][0])
        self._answer(200, self.server.comments[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        if self._refuses():
            return
        one = {"id": len(self.server.comments) + 1, "user": {"type": "Bot"}, **self._sent()}
        self.server.comments.append(one)
        self._answer(201, one)

    def do_PATCH(self) -> None:
        if self._refuses():
            return
        wanted = int(self.path.rpartition("/")[2])
        found = next(one for one in self.server.comments if one["id"] == wanted)
        found.update(self._sent())
        self._answer(200, found)

    def _refuses(self) -> bool:
        """Refuse as was said, in the order that was said; GitHub has then done nothing."""
        waiting = self.server.refusals
        if not waiting or waiting[0][0] not in (self.command, "*"):
            return False
        _, status, headers, message = waiting.pop(0)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.asked.append(f"{self.command} {status}")
        body = json.dumps({"message": message, "documentation_url": "https://x.example"}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return True

    def _sent(self) -> dict[str, Any]:
        return json.loads(self.rfile.read(int(self.headers["content-length"])))

    def _answer(self, status: int, value: object) -> None:
        self.server.asked.append(f"{self.command} {urlsplit(self.path).path}")
        allowed = self.headers["authorization"] == "Bearer t0ken"
        self.send_response(self.server.status or (status if allowed else 401))
        body = json.dumps(value).encode()
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def github() -> Iterator[GitHub]:
    """Serve one pull request on loopback."""
    server = GitHub(("127.0.0.1", 0), Answers)
    server.comments, server.asked, server.refusals = [], [], []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def environ(github: GitHub, tmp_path: Path) -> dict[str, str]:
    """Return what GitHub sets in a job for pull request 7."""
    event = tmp_path / "event.json"
    event.write_text('{"pull_request": {"number": 7, "title": "x"}}')
    return {
        "GITHUB_API_URL": f"http://127.0.0.1:{github.server_address[1]}",
        "GITHUB_REPOSITORY": "acme/app",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_TOKEN": "t0ken",
    }


def test_the_first_run_writes_and_the_next_updates(github: GitHub, environ: dict[str, str]) -> None:
    assert comment_pull("one", "api", environ) == "comment on pull request 7 written"
    assert comment_pull("two", "api", environ) == "comment 1 on pull request 7 updated"

    assert [one["body"] for one in github.comments] == ["<!-- pratique:api -->\ntwo"]
    assert github.asked[-1] == "PATCH /repos/acme/app/issues/comments/1"


def test_each_name_has_its_own(github: GitHub, environ: dict[str, str]) -> None:
    comment_pull("one", "api", environ)
    comment_pull("two", "web", environ)

    assert len(github.comments) == 2


def test_a_person_cannot_claim_the_place(github: GitHub, environ: dict[str, str]) -> None:
    """Only what a bot wrote is replaced."""
    body = "<!-- pratique:api --> mine"
    github.comments.append({"id": 1, "user": {"type": "User"}, "body": body})
    comment_pull("one", "api", environ)

    assert [one["body"] for one in github.comments] == [body, "<!-- pratique:api -->\none"]


def test_ours_is_found_behind_many(github: GitHub, environ: dict[str, str]) -> None:
    """The list has pages."""
    github.comments += [{"id": n, "user": None, "body": None} for n in range(1, 151)]
    comment_pull("one", "api", environ)
    comment_pull("two", "api", environ)

    assert len(github.comments) == 151


def test_outside_a_pull_request_nothing_is_done(
    github: GitHub, environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "event.json").write_text('{"ref": "refs/heads/main"}')

    assert comment_pull("one", "api", environ) == ""
    assert github.asked == []


def test_a_refusal_says_which_right_is_missing(github: GitHub, environ: dict[str, str]) -> None:
    github.status = 403
    with pytest.raises(UsageError) as refused:
        comment_pull("one", "api", environ)

    assert "pull-requests: write" in refused.value.hint()
    assert "t0ken" not in str(refused.value)


SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes"


@pytest.mark.parametrize(
    ("status", "headers", "message", "waited"),
    [
        (403, {"retry-after": "7"}, SECONDARY, 7),
        (429, {"retry-after": "7"}, SECONDARY, 7),
        (403, {}, SECONDARY, 60),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "0"}, "API rate limit", 0),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_too_much_asked_is_asked_again_as_github_says(
    github: GitHub,
    environ: dict[str, str],
    method: str,
    status: int,
    headers: dict[str, str],
    message: str,
    waited: int,
) -> None:
    """It was not done, so nothing is done twice, and the comment stands in the end."""
    waits: list[float] = []
    if method == "PATCH":
        comment_pull("one", "api", environ)
    github.refusals = [(method, status, headers, message)] * 2
    comment_pull("two", "api", environ, waits.append)

    assert waits == [waited, waited]
    assert [one["body"] for one in github.comments] == ["<!-- pratique:api -->\ntwo"]


def test_a_long_wait_is_told_instead(github: GitHub, environ: dict[str, str]) -> None:
    """The hint says when, and does not send anybody looking for a right that is there."""
    waits: list[float] = []
    github.refusals = [("*", 403, {"retry-after": "1800"}, SECONDARY)]
    with pytest.raises(UsageError) as refused:
        comment_pull("one", "api", environ, waits.append)

    assert (waits, github.comments) == ([], [])
    assert "secondary rate limit" in str(refused.value)
    assert "again in 1800 s" in refused.value.hint()
    assert "permissions" not in refused.value.hint()


def test_patience_ends(github: GitHub, environ: dict[str, str]) -> None:
    """A limit that does not lift ends the step."""
    github.refusals = [("POST", 403, {"retry-after": "1"}, SECONDARY)] * 9
    with pytest.raises(UsageError, match="secondary rate limit"):
        comment_pull("one", "api", environ, lambda _: None)

    assert github.asked.count("POST 403") == 3


def test_a_comment_that_was_just_deleted_is_made_anew(
    github: GitHub, environ: dict[str, str]
) -> None:
    """Somebody removed it between the list and the change."""
    comment_pull("one", "api", environ)
    github.refusals = [("PATCH", 404, {}, "Not Found")]

    assert comment_pull("two", "api", environ) == "comment on pull request 7 written"
    assert github.comments[-1]["body"].endswith("two")


def test_a_refusal_carries_github_s_own_words(github: GitHub, environ: dict[str, str]) -> None:
    """A locked conversation is no missing right."""
    github.refusals = [("POST", 403, {}, "Unable to create comment because issue is locked.")]
    with pytest.raises(UsageError, match="issue is locked") as refused:
        comment_pull("one", "api", environ)

    assert "permissions" not in refused.value.hint()


def test_a_comment_is_never_written_twice(github: GitHub, environ: dict[str, str]) -> None:
    """After a 502 nobody knows whether it stands, so it is not sent again; the list is asked again."""
    github.refusals = [("GET", 502, {}, "Bad Gateway"), ("POST", 502, {}, "Bad Gateway")]
    with pytest.raises(UsageError, match="502"):
        comment_pull("one", "api", environ, lambda _: None)

    assert [one for one in github.asked if one.startswith("POST")] == ["POST 502"]
    assert github.asked[0] == "GET 502"


def test_a_list_that_is_none_is_told(github: GitHub, environ: dict[str, str]) -> None:
    """A proxy that answers something else must not make a second comment."""
    github.comments = [{"id": "x"}]
    with pytest.raises(UsageError, match="list of comments cannot be read"):
        comment_pull("one", "api", environ)

    assert not any(one.startswith("POST") for one in github.asked)


def test_a_report_that_is_too_long_still_becomes_a_comment(
    github: GitHub, environ: dict[str, str]
) -> None:
    """Both times, and the marker stays in front, so the next run finds it."""
    long = "row\n" * 40_000
    comment_pull(long, "api", environ)
    comment_pull(long + "more", "api", environ)

    (only,) = github.comments
    assert only["body"].startswith("<!-- pratique:api -->\nrow")
    assert len(only["body"]) <= 65_536


@pytest.mark.parametrize("missing", ["GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_EVENT_PATH"])
def test_what_is_not_set_is_named(environ: dict[str, str], missing: str) -> None:
    del environ[missing]
    with pytest.raises(UsageError, match=missing):
        comment_pull("one", "api", environ)


@pytest.mark.parametrize("name", ["", "a b", "a-->", "x" * 61])
def test_a_name_cannot_leave_the_marker(environ: dict[str, str], name: str) -> None:
    with pytest.raises(UsageError, match="is no name"):
        comment_pull("one", name, environ)


def test_a_long_report_is_cut_at_a_line_and_closed() -> None:
    text = "<details>\n" + "row\n" * MOST_CHARS
    short = shortened(text)

    assert len(short) < 65_536
    assert short.count("<details>") == short.count("</details>")
    assert "shortened" in short
    assert shortened("short\n") == "short\n"


def test_a_cut_leaves_no_fence_open() -> None:
    """What follows the cut must not be read as code; one endless line is cut as well."""
    short = shortened("```text\n" + "row\n" * MOST_CHARS)
    assert sum(line.startswith("```") for line in short.split("\n")) == 2
    assert short.endswith("see the job's summary\n")
    assert MOST_CHARS < len(shortened("x" * 70_000)) < 65_536
