"""Serve gRPC on a unix socket as a test says: one connection after another, with h2's other side."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import h2.config
import h2.connection
import h2.events

Answer = tuple[bytes, dict[str, str]]
"""The body, and what the trailers say beside ``grpc-status`` 0."""


def framed(message: bytes, flag: int = 0) -> bytes:
    """Return a message with its head."""
    return bytes([flag]) + len(message).to_bytes(4, "big") + message


@contextmanager
def grpc_server(folder: Path, answer: Callable[[str, bytes], Answer]) -> Iterator[Path]:
    """Serve until the end of the block; gives the socket."""
    place = folder / "grpc.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        thread = threading.Thread(target=_serve, args=(listening, answer), daemon=True)
        thread.start()
        yield place
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def _serve(listening: socket.socket, answer: Callable[[str, bytes], Answer]) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client, suppress(OSError):  # it may knock and go
            _talk(client, answer)


def _talk(client: socket.socket, answer: Callable[[str, bytes], Answer]) -> None:
    speaking = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    speaking.initiate_connection()
    client.sendall(speaking.data_to_send())
    paths: dict[int, str] = {}
    bodies: dict[int, bytes] = {}
    while received := client.recv(65536):
        for event in speaking.receive_data(received):
            if isinstance(event, h2.events.RequestReceived):
                headers = {bytes(key): bytes(value) for key, value in event.headers}
                paths[event.stream_id], bodies[event.stream_id] = headers[b":path"].decode(), b""
            elif isinstance(event, h2.events.DataReceived):
                bodies[event.stream_id] += event.data
            elif isinstance(event, h2.events.StreamEnded):
                body, trailers = answer(paths[event.stream_id], bodies[event.stream_id])
                _answer(speaking, event.stream_id, body, trailers)
        client.sendall(speaking.data_to_send())


def _answer(
    speaking: h2.connection.H2Connection, stream: int, body: bytes, trailers: dict[str, str]
) -> None:
    head = [(":status", "200"), ("content-type", "application/grpc")]
    status = [("grpc-status", "0"), *trailers.items()]
    if not body:  # as servers refuse: everything in the head
        speaking.send_headers(stream, [*head, *dict(status).items()], end_stream=True)
        return
    speaking.send_headers(stream, head)
    for start in range(0, len(body), 16384):
        speaking.send_data(stream, body[start : start + 16384])
    speaking.send_headers(stream, list(dict(status).items()), end_stream=True)
