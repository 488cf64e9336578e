"""A process is described as it is, without the values of its environment."""

import os
from pathlib import Path

import msgspec

from pratique.kit.aside import Aside
from pratique.responses._evidence import evidence, members, sockets
from pratique.responses.node import Node
from tests.makers.responses import sleeper


def test_a_process_of_ours(tmp_path) -> None:
    """What it runs, holds open, maps, and what its variables are called."""
    (tmp_path / "open").write_bytes(b"x")
    code = (
        f"import time; f = open({str(tmp_path / 'open')!r}); print('up', flush=True);"
        "time.sleep(600)"
    )
    with sleeper(code, env={"TOKEN": "hunter2"}, cwd=tmp_path) as child:
        node = Node()
        running = node.running(child.pid)
        found = evidence(running, Path("/proc"), Aside())

        assert found.environment_names == ("TOKEN",)
        assert "hunter2" not in msgspec.json.encode(found).decode()
        assert str(tmp_path / "open") in [target for _, target in found.descriptors]
        assert any("libc" in name for name in found.maps)
        assert found.directory == str(tmp_path)
        assert found.arguments[1] == "-c"
        assert "== tcp" in sockets(child.pid, Path("/proc"))
        near = {one.pid for one in members(node, child.pid, "")}
        assert {child.pid, os.getpid()} <= near


def test_one_that_ended() -> None:
    """What cannot be read is empty."""
    with sleeper() as child:
        running = Node().running(child.pid)
    found = evidence(running, Path("/proc"), Aside())

    assert (found.path, found.arguments, found.maps) == ("", (), ())
    assert members(Node(), child.pid, "b" * 64) == ()
