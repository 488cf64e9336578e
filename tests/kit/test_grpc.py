"""A call ends with one whole message, or with an error in words."""

import pytest

from pratique.kit.grpc import Grpc, GrpcError, is_possible
from tests.makers.grpc_server import framed, grpc_server

METHOD = "/a.B/C"


def answering(*answers):
    """Return what gives these answers one after another, and what was asked."""
    asked = []

    def answer(method, body):
        asked.append((method, body))
        return answers[min(len(asked), len(answers)) - 1]

    return answer, asked


def test_calls(tmp_path):
    """What is sent is framed, what comes back is taken out; a connection serves many."""
    answer, asked = answering((framed(b"x" * 40_000), {}), (framed(b""), {}))
    with grpc_server(tmp_path, answer) as socket:
        calls = Grpc(socket)
        assert calls.call(METHOD, b"hello") == b"x" * 40_000
        assert calls.call(METHOD, b"") == b""
        calls.close()
    assert asked == [(METHOD, framed(b"hello")), (METHOD, framed(b""))]
    assert is_possible()


def test_a_refusal(tmp_path):
    """The server's own words are passed on."""
    answer, _ = answering((b"", {"grpc-status": "12", "grpc-message": "unknown%20method"}))
    with grpc_server(tmp_path, answer) as socket:
        calls = Grpc(socket)
        with pytest.raises(GrpcError, match="unknown method"):
            calls.call(METHOD, b"")
        calls.close()


@pytest.mark.parametrize(
    "body",
    [
        b"\0\0\0",
        framed(b"abc")[:-1],
        framed(b"abc") + b"d",
        framed(b"abc", flag=1),
        framed(b"x" * 200),
    ],
    ids=["no head", "cut", "more", "compressed", "too large"],
)
def test_what_is_no_whole_message(tmp_path, body):
    """It is refused, never cut."""
    answer, _ = answering((body, {}))
    with grpc_server(tmp_path, answer) as socket:
        calls = Grpc(socket)
        with pytest.raises(GrpcError):
            calls.call(METHOD, b"", 100)
        calls.close()


def test_a_server_that_comes_back(tmp_path):
    """Nobody there is an error; when there is, the next call reaches it."""
    calls = Grpc(tmp_path / "grpc.sock")
    with pytest.raises(GrpcError, match="does not answer"):
        calls.call(METHOD, b"")
    for _ in range(2):
        answer, _ = answering((framed(b"here"), {}))
        with grpc_server(tmp_path, answer):
            assert _at_last(calls) == b"here"
            calls.close()
        (tmp_path / "grpc.sock").unlink()


def _at_last(calls):
    """A connection that the last server left behind breaks once."""
    try:
        return calls.call(METHOD, b"")
    except GrpcError:
        return calls.call(METHOD, b"")
