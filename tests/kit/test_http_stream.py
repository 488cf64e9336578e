"""Whatever breaks, what comes out of a resuming reader is a prefix of one content."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit.http_errors import (
    HttpChanged,
    HttpInterrupted,
    HttpStatus,
    HttpTooLarge,
    HttpUnreachable,
)
from pratique.kit.http_stream import Patience, ResumingReader


class Answer:
    def __init__(self, status, headers, pieces, breaks):
        self.status, self.headers = status, headers
        self._pieces, self._breaks = pieces, breaks
        self.closed = False

    def chunks(self):
        yield from self._pieces
        if self._breaks:
            raise HttpUnreachable("broke")

    def close(self):
        self.closed = True


class Server:
    """Hand out a content whose connections break after the given numbers of bytes."""

    def __init__(self, content, breaks, *, ranges=True, tag='"v"', chunk=7):
        self.content, self.breaks = content, list(breaks)
        self.ranges, self.tag, self.chunk = ranges, tag, chunk
        self.asked = []

    def __call__(self, headers):
        self.asked.append(dict(headers))
        start = int(headers.get("range", "bytes=0-")[6:-1])
        if start > 0 and start >= len(self.content) and self.ranges:
            more = {"content-range": f"bytes */{len(self.content)}"}
            raise HttpStatus(416, url="u", headers=more)
        told = {"etag": self.tag} if self.tag else {}
        status = 200
        if start and self.ranges:
            status, told["content-range"] = 206, f"bytes {start}-"
        else:
            start = 0
        whole = self.content[start:]
        cut = self.breaks.pop(0) if self.breaks else None
        part = whole if cut is None else whole[:cut]
        pieces = [part[i : i + self.chunk] for i in range(0, len(part), self.chunk)]
        return Answer(status, told, pieces, cut is not None)


def reader(server, retries=3, most=1 << 20, immutable=False):
    waits = []
    patience = Patience(retries=retries, pause=waits.append)
    return ResumingReader(server, max_bytes=most, patience=patience, immutable=immutable)


@given(
    content=st.binary(max_size=300),
    breaks=st.lists(st.integers(0, 120), max_size=3),
    ranges=st.booleans(),
    immutable=st.booleans(),
    size=st.integers(1, 50),
)
def test_the_content_comes_out_whole(content, breaks, ranges, immutable, size):
    """With as many breaks as retries the content is complete, however it is read."""
    stream = io.BufferedReader(reader(Server(content, breaks, ranges=ranges), immutable=immutable))
    got = b""
    while piece := stream.read(size):
        got += piece

    assert got == content


@given(st.binary(min_size=20, max_size=60), st.integers(1, 19))
def test_without_a_version_nothing_is_patched_together(content, cut):
    """A server that names no version cannot be resumed, unless the content is immutable."""
    with pytest.raises(HttpChanged):
        reader(Server(content, [cut], tag="")).readall()

    assert reader(Server(content, [cut], tag=""), immutable=True).readall() == content


@pytest.mark.parametrize("ranges", [True, False])
def test_another_version_is_noticed(ranges):
    """A new validator after a break ends the reading."""
    server = Server(b"x" * 50, [10], ranges=ranges)
    stream = reader(server)
    stream.read(1)
    server.tag = '"w"'

    with pytest.raises(HttpChanged):
        stream.readall()


def test_a_part_that_starts_elsewhere():
    """A 206 of other bytes than asked for is refused, immutable or not."""
    server = Server(b"x" * 50, [10])

    def connect(headers):
        answer = server(headers)
        if answer.status == 206:
            answer.headers["content-range"] = "bytes 9-"
        return answer

    with pytest.raises(HttpChanged, match="byte 10"):
        reader(connect, immutable=True).readall()


def test_breaks_are_counted():
    """One break more than the retries ends the reading with how far it came."""
    with pytest.raises(HttpInterrupted, match="after 3 bytes"):
        reader(Server(b"x" * 50, [1] * 9), retries=2).readall()


def test_progress_forgives():
    """After a MiB of progress the breaks are counted anew."""
    mib = 1 << 20
    server = Server(bytes(5 * mib), [mib] * 5, chunk=mib)

    assert len(reader(server, retries=1, most=6 * mib).readall()) == 5 * mib


def test_bound():
    """The bound holds over all connections together."""
    with pytest.raises(HttpTooLarge):
        reader(Server(b"x" * 50, [20]), most=49).readall()
    assert len(reader(Server(b"x" * 50, [20]), most=50).readall()) == 50


def test_close_gives_the_connection_back():
    """Closing closes the answer, twice is once."""
    stream = reader(Server(b"x", []))
    answer = stream._answer
    stream.close()
    stream.close()

    assert answer.closed
