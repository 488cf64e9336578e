"""What goes wrong around a watch is told, and costs nothing that was promised."""

import json
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pratique.model.observation import Executed
from pratique.pipelines.record_events import Replay
from tests.e2e.engines import free_port, wait_for
from tests.e2e.runtime.watching import Watcher

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

DEED = ": >/etc/ld.so.preload"
RULE = "preload-file-written"
SHORT_PROCESSES = 2000
MINE = """\
- rule: mine
  desc: d
  condition: evt.type in (execve, execveat) and proc.name = date
  output: date ran
  priority: ERROR
"""
BROKEN = MINE.replace("proc.name = date", "proc.nmae = date")
OPENER = """\
#include <fcntl.h>
#include <unistd.h>
#include <stdio.h>
int main(void) {
  char name[64];
  for (int n = 0; n < 150000; n++) {
    snprintf(name, sizeof name, "/tmp/pratique-no-folder/%d", n);
    close(open(name, O_WRONLY | O_CREAT, 0600));
    snprintf(name, sizeof name, "/dev/shm/pratique-%d", n & 7);
    close(open(name, O_WRONLY | O_CREAT, 0600));
  }
  return 0;
}
"""


def told(watcher: Watcher, rule: str):
    """Return what it told under a rule, in stories too."""
    return [
        said
        for one in tuple(watcher.told)
        for said in (*one.said.get("story", ()), one.said)
        if said["rule"] == rule
    ]


def test_a_watch_that_was_killed_tells_what_it_did_not_see(podman, environ) -> None:
    """A gap has a beginning and an end, and what comes after it is seen again."""
    with Watcher(environ) as first:
        podman.shell(DEED, name="before")
        wait_for("the alert", lambda: told(first, RULE))
        first.kill()
    with Watcher(environ) as second:
        podman.shell(DEED, name="after")
        wait_for("the alert", lambda: told(second, RULE))
    (gap,) = told(second, "not-watched")
    assert gap["priority"] == "Warning"
    assert "did not end as asked" in gap["output"]
    assert told(second, RULE)[0]["container"]["name"] == "after"


def test_what_does_not_fit_is_told_as_lost(need, environ, short_folder) -> None:
    """A watch that is held up cannot keep everything; it says so, with a count."""
    program = short_folder / "opener"
    source = short_folder / "opener.c"
    source.write_text(OPENER)
    subprocess.run([need("gcc"), "-O2", "-o", program, source], check=True)
    record = short_folder / "held-up"
    with Watcher(environ, "--record", str(record)) as watcher:
        watcher.running.send_signal(signal.SIGSTOP)
        subprocess.run([program], check=True)
        subprocess.run([program], check=True)
        watcher.running.send_signal(signal.SIGCONT)
        wait_for("the loss", lambda: told(watcher, "events-lost"))
    assert any(
        int(one["output_fields"]["pratique.lost"]) > 0 for one in told(watcher, "events-lost")
    )
    for place in Path("/dev/shm").glob("pratique-?"):
        place.unlink()


def test_short_processes_are_all_seen(podman, environ, short_folder) -> None:
    record = short_folder / "short"
    loop = f"n=0; while [ $n -lt {SHORT_PROCESSES} ]; do /bin/true $n; n=$((n+1)); done"
    with Watcher(environ, "--record", str(record)) as watcher:
        done = podman.shell(loop, name="short")
        assert done.returncode == 0, done.stderr
        time.sleep(1)
    assert watcher.said(" 0 lost,")
    seen = {
        event.process.arguments
        for event in Replay(record).events()
        if isinstance(event.observation.act, Executed) and event.process.name == "true"
        if event.workload is not None and event.workload.name == "short"
    }
    assert seen == {(str(number),) for number in range(SHORT_PROCESSES)}


def test_a_receiver_that_is_down_gets_everything_later(podman, environ) -> None:
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    port = free_port()
    with Watcher(environ, "-o", f"json=http://127.0.0.1:{port}/") as watcher:
        for name in ("one", "two", "three"):
            podman.shell(DEED, name=name)
        wait_for("three alerts", lambda: len(told(watcher, RULE)) >= 3)
        assert bodies == []
        server = HTTPServer(("127.0.0.1", port), Handler)
        serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        try:
            wait_for("what was kept", lambda: _containers(bodies) >= {"one", "two", "three"})
        finally:
            server.shutdown()
            server.server_close()


def test_rules_with_an_error_leave_the_old_ones(podman, environ, short_folder) -> None:
    rules = short_folder / "mine.yaml"
    rules.write_text(MINE)
    with Watcher(environ, "--rules", str(rules)) as watcher:
        rules.write_text(BROKEN)
        watcher.running.send_signal(signal.SIGHUP)
        wait_for("the error", lambda: watcher.said("the old rules stay"))
        assert watcher.said(f"{rules}:3:")
        podman.shell("date", name="still")
        wait_for("the alert", lambda: told(watcher, "mine"))
        rules.write_text(MINE.replace("rule: mine", "rule: other"))
        watcher.running.send_signal(signal.SIGHUP)
        wait_for("the new rules", lambda: watcher.said("1 rules loaded"))
        podman.shell("date", name="new")
        wait_for("the alert", lambda: told(watcher, "other"))


def _containers(bodies: list[bytes]) -> set[str]:
    found: set[str] = set()
    for body in tuple(bodies):
        for line in body.splitlines():
            said = json.loads(line)
            for one in said if isinstance(said, list) else [said]:
                parts = (*one.get("story", ()), one)
                found |= {(part.get("container") or {}).get("name", "") for part in parts}
    return found
