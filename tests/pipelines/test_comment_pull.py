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


class Answers(BaseHTTPRequestHandler):
    """Answer the three calls."""

    server: GitHub

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        size, page = int(query["per_page"][0]), int(query["page"][0])
        self._answer(200, self.server.comments[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        one = {"id": len(self.server.comments) + 1, "user": {"type": "Bot"}, **self._sent()}
        self.server.comments.append(one)
        self._answer(201, one)

    def do_PATCH(self) -> None:
        wanted = int(self.path.rpartition("/")[2])
        found = next(one for one in self.server.comments if one["id"] == wanted)
        found.update(self._sent())
        self._answer(200, found)

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
    server.comments, server.asked = [], []
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
