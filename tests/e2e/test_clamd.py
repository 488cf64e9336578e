"""A real clamd with one signature of our own finds what it should, over a socket and over TCP."""

import hashlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pratique.malware.clamd import Clamd
from pratique.model.errors import FormatError, UsageError
from tests.makers.layer_file import layer_file

pytestmark = pytest.mark.e2e

LISTED = b"pratique: a file that only this test knows " + b"." * 40
MARKED = b"#!/bin/sh\n# pratique-own-test-" + b"signature\ntrue\n"
START_S = 60.0
STREAM_BYTES = 1 << 20


@pytest.fixture(scope="module")
def clamd(need: Callable[[str], str], short_folder: Path) -> Iterator[tuple[str, str]]:
    """Start clamd on a socket and on loopback; return both addresses; stop it after the tests."""
    program = need("clamd")
    signatures = short_folder / "db"
    signatures.mkdir()
    md5 = hashlib.md5(LISTED).hexdigest()
    (signatures / "own.hdb").write_text(f"{md5}:{len(LISTED)}:Pratique.Test.Listed\n")
    needle = (b"pratique-own-test-" + b"signature").hex()
    (signatures / "own.ndb").write_text(f"Pratique.Test.Marked:0:*:{needle}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = short_folder / "clamd.ctl"
    settings = short_folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {place}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {signatures}\n"
        f"TemporaryDirectory {short_folder}\nForeground yes\nStreamMaxLength {STREAM_BYTES}\n"
        "SelfCheck 0\nMaxThreads 2\n"
    )
    log = (short_folder / "log").open("wb")
    daemon = subprocess.Popen([program, "-c", settings], stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(str(place), daemon, short_folder / "log")
        yield str(place), f"127.0.0.1:{port}"
    finally:
        daemon.terminate()
        try:
            daemon.wait(20)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
        log.close()


def _wait(address: str, daemon: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        try:
            Clamd(address).version()
            return
        except UsageError:
            assert daemon.poll() is None, log.read_text()
            time.sleep(0.2)
    pytest.fail(f"clamd did not start in {START_S:g} s: {log.read_text()}")


@pytest.mark.parametrize("way", [0, 1])
def test_it_finds_what_is_signed(clamd: tuple[str, str], way: int) -> None:
    """By the file's hash, and by bytes inside it; other files are clean."""
    client = Clamd(clamd[way])
    rules = [
        [spot.rule for spot in client.scan(layer_file("x", content))]
        for content in (LISTED, MARKED, LISTED + b".", b"")
    ]

    assert client.version().startswith("ClamAV ")
    assert [rule[0].removesuffix(".UNOFFICIAL") if rule else "" for rule in rules] == [
        "clamav:Pratique.Test.Listed",
        "clamav:Pratique.Test.Marked",
        "",
        "",
    ]


def test_a_file_that_is_too_large_for_it_is_not_clean(clamd: tuple[str, str]) -> None:
    """Clamd stops listening; that is told as a file it did not look at."""
    content = os.urandom(STREAM_BYTES * 8)

    with pytest.raises(FormatError, match="clamd did not scan it"):
        list(Clamd(clamd[0]).scan(layer_file("x", content)))
