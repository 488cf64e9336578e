"""The HTTP client repeats, resumes, follows and refuses as its laws say."""

import io
from contextlib import ExitStack

import pytest

from pratique.kit.http import (
    Backoff,
    Http,
    HttpChanged,
    HttpInterrupted,
    HttpNotTls,
    HttpStatus,
    HttpTooLarge,
    HttpUnreachable,
    retry_after_s,
)
from tests.makers.image import sha256
from tests.makers.registry import FakeRegistry

CONTENT = bytes(range(256)) * 4000
NAME = sha256(CONTENT)
MOST = 1 << 22


@pytest.fixture
def server():
    with FakeRegistry().running() as registry:
        registry.blobs[NAME] = CONTENT
        yield registry


class Clock:
    """Remember the waits instead of waiting."""

    def __init__(self):
        self.waits = []

    def backoff(self, **more):
        return Backoff(sleep=self.waits.append, jitter=lambda: 1.0, **more)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def http(clock):
    with Http(environ={}, timeout_s=5, backoff=clock.backoff()) as client:
        yield client


def blob(server):
    return f"{server.url}/v2/x/blobs/{NAME}"


def test_request(server, http):
    """A whole answer comes with status and lower-case headers; who asks is named."""
    answer = http.request("GET", blob(server), max_bytes=MOST)

    assert (answer.status, answer.body) == (200, CONTENT)
    assert answer.headers["docker-content-digest"] == NAME
    sent = server.requests[0][2]
    assert sent["user-agent"].startswith("pratique/")
    assert sent["accept-encoding"] == "identity"


def test_a_busy_server_is_asked_again(server, http, clock):
    """429 is repeated, waiting as long as the server asks."""
    server.busy, server.retry_after = 2, "7"

    assert http.request("GET", blob(server), max_bytes=MOST).body == CONTENT
    assert clock.waits == [7.0, 7.0]


def test_waits_double(server, http, clock):
    """Without Retry-After the waits double, and after the last one the status is told."""
    server.busy, server.retry_after = 99, "soon"

    with pytest.raises(HttpStatus) as caught:
        http.request("GET", blob(server), max_bytes=MOST)

    assert caught.value.status == 429
    assert clock.waits == [0.25, 0.5, 1.0, 2.0]


def test_a_long_wait_is_not_waited(server, http, clock):
    """A server that asks for more than the cap fails at once and the hint says how long."""
    server.busy, server.retry_after = 1, "3600"

    with pytest.raises(HttpStatus) as caught:
        http.request("GET", blob(server), max_bytes=MOST)

    assert clock.waits == []
    assert "3600 s" in caught.value.hint()


def test_posts_are_not_repeated(server, http, clock):
    """What may change something is sent once."""
    server.busy = 1

    with pytest.raises(HttpStatus):
        http.request("POST", blob(server), max_bytes=MOST, content=b"x")

    assert (clock.waits, len(server.requests)) == ([], 1)


def test_statuses_are_told_with_what_the_server_said(server, http):
    """404 is not repeated; its body is kept."""
    with pytest.raises(HttpStatus) as caught:
        http.request("GET", f"{server.url}/v2/x/blobs/none", max_bytes=MOST)

    assert caught.value.status == 404
    assert b"BLOB_UNKNOWN" in caught.value.body
    assert len(server.requests) == 1


@pytest.mark.parametrize("ranges", [True, False])
def test_download_resumes(server, http, clock, ranges):
    """A body that breaks off is gone on with; without ranges the known part is skipped."""
    server.cut_after, server.cuts, server.ranges = 300_000, 3, ranges
    into, seen = io.BytesIO(b"kept"), []
    into.seek(4)

    done = http.download(
        blob(server), into, max_bytes=MOST, progress=lambda now, total: seen.append((now, total))
    )

    assert into.getvalue() == b"kept" + CONTENT
    assert done.size_bytes == len(CONTENT)
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    if ranges:
        assert [h.get("if-range") for h in server.asked("blobs")][1:] == [f'"{NAME}"'] * 3


def test_download_gives_up(server, http, clock):
    """Breaks without progress end in an error after the retries."""
    server.cut_after, server.ranges = 10, False

    with pytest.raises(HttpInterrupted):
        http.download(blob(server), io.BytesIO(), max_bytes=MOST)

    assert len(clock.waits) == 4


def test_download_is_bounded(server, http):
    """No more is taken than allowed, whatever the server sends."""
    with pytest.raises(HttpTooLarge):
        http.download(blob(server), io.BytesIO(), max_bytes=1000)
    with pytest.raises(HttpTooLarge):
        http.request("GET", blob(server), max_bytes=1000)


def test_stream_resumes(server, http):
    """A stream goes on by itself."""
    server.cut_after = 300_000

    with http.open_stream(blob(server), max_bytes=MOST) as stream:
        assert stream.read(10) == CONTENT[:10]
        assert stream.read() == CONTENT[10:]


def test_secrets_stay_home(server, http):
    """A redirect to another origin gets the content's headers but no secret."""
    with FakeRegistry().running() as other:
        other.blobs[NAME] = CONTENT
        server.blob_host = other.url
        headers = {
            "Authorization": "Bearer t",
            "Cookie": "c",
            "X-Registry-Auth": "x",
            "X-Plain": "p",
        }

        answer = http.request("GET", blob(server), max_bytes=MOST, headers=headers)

        assert answer.body == CONTENT
        assert server.requests[0][2]["authorization"] == "Bearer t"
        sent = other.requests[0][2]
        assert sent["x-plain"] == "p"
        assert not {"authorization", "cookie", "x-registry-auth"} & set(sent)


def test_a_redirect_loop_ends(server, http):
    """Redirects are followed ten times."""
    server.blob_host = server.url

    with pytest.raises(HttpUnreachable, match="too many redirects"):
        http.request("GET", blob(server), max_bytes=MOST)

    assert len(server.requests) == 11


@pytest.mark.parametrize("place", ["ftp://x/y", "http://[::1", "javascript:x", "http://h:port/"])
def test_a_redirect_to_nowhere(server, http, place):
    """A redirect that is no http URL is refused, not crashed on."""
    server.blob_host = place

    with pytest.raises(HttpUnreachable):
        http.request("GET", blob(server), max_bytes=MOST)


class Login:
    """An authoriser that has one more answer."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.now = ""
        self.challenges = []

    def headers(self):
        return {"Authorization": self.now} if self.now else {}

    def challenged(self, challenge):
        self.challenges.append(challenge)
        if not self.answers:
            return False
        self.now = self.answers.pop(0)
        return True


def test_a_challenge_is_answered_once(server, http):
    """A 401 asks the authoriser and tries again; a second refusal is the end."""
    server.auth = "basic"
    good = Login(server._basic())

    assert http.request("GET", blob(server), max_bytes=MOST, auth=good).body == CONTENT
    assert good.challenges == ['Basic realm="registry"']
    for wrong in (Login("Basic d3Jvbmc="), Login()):
        with pytest.raises(HttpStatus) as caught:
            http.request("GET", blob(server), max_bytes=MOST, auth=wrong)
        assert caught.value.status == 401


def test_unreachable(http, clock):
    """Refused connections are tried again, unknown names and bad URLs are not."""
    with pytest.raises(HttpUnreachable, match="refused"):
        http.request("GET", "http://127.0.0.1:9/", max_bytes=1)
    assert len(clock.waits) == 4
    clock.waits.clear()
    for url in ("http://nowhere.invalid/", "foo://x", "http://[::x", "nothing"):
        with pytest.raises(HttpUnreachable):
            http.request("GET", url, max_bytes=1)
    assert clock.waits == []


def test_plain_http_is_told_apart(server, http):
    """Https to a server that speaks plain HTTP says so, at once."""
    with pytest.raises(HttpNotTls) as caught:
        http.request("GET", blob(server).replace("http:", "https:"), max_bytes=MOST)
    assert "--plain-http" in caught.value.hint()


def test_urls_are_shown_without_secrets(http):
    """Neither a password nor a signed query gets into a message."""
    with pytest.raises(HttpUnreachable) as caught:
        http.request("GET", "http://me:pw-secret@127.0.0.1:9/x?sig=q-secret", max_bytes=1)
    assert "secret" not in f"{caught.value} {caught.value.url}"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "9" * 400}, 999999999.0),
        (
            {
                "retry-after": "Sat, 21 Nov 2026 10:00:30 GMT",
                "date": "Sat, 21 Nov 2026 10:00:00 GMT",
            },
            30.0,
        ),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT"}, None),
        ({"retry-after": "soon", "date": "now"}, None),
    ],
)
def test_retry_after(headers, seconds):
    """Seconds and dates (counted from the server's own) are understood, nonsense is not."""
    assert retry_after_s(headers) == seconds


def test_proxies(server, clock):
    """A request goes through the proxy the variables name, with its login, unless excluded."""
    proxy = server.url.replace("://", "://user:pw@")
    with Http(environ={"HTTP_PROXY": proxy}, backoff=clock.backoff()) as http:
        answer = http.request("GET", f"http://far.invalid/v2/x/blobs/{NAME}", max_bytes=MOST)
    assert answer.body == CONTENT
    _, path, headers = server.requests[0]
    assert path.startswith("http://far.invalid/")
    assert headers["proxy-authorization"].startswith("Basic ")
    environ = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
    with Http(environ=environ, backoff=clock.backoff()) as http:
        assert http.request("GET", blob(server), max_bytes=MOST).body == CONTENT


def test_changed_content_starts_again(http, server):
    """A download whose content changes midway is begun anew, so no mixture is written."""
    other = bytes(reversed(CONTENT))
    server.cut_after = 400_000
    into = io.BytesIO()

    with ExitStack() as stack:
        stack.callback(server.lies.clear)

        def swap(now, _total):
            server.lies[NAME] = other
            server.cut_after = 0
            server.blobs["changed"] = other
            server.tags[NAME] = "changed"

        http.download(blob(server), into, max_bytes=MOST, progress=swap)

    assert into.getvalue() == other


def test_changed_content_is_an_error_of_its_own():
    """Callers can tell a change from a break."""
    assert issubclass(HttpChanged, HttpInterrupted)
