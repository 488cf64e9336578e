"""The library's own client, over the standard input and output of a real process, uses each tool."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

from tests.makers import scanned

Result = TypeVar("Result")
TOOLS = {"scan", "gate", "lint", "explain", "fix"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a root with an image, a Dockerfile, and folders for cache, data and mirror."""
    scanned.debian(tmp_path / "image")
    (tmp_path / "Dockerfile").write_text("FROM a:1\nRUN apt-get update && apt-get install curl\n")
    return tmp_path


def ask(folder: Path, work: Callable[[Client], Awaitable[Result]], *options: str) -> Result:
    """Start a server, do some work and end it."""
    environ = {
        "PATH": os.environ["PATH"],
        "PRATIQUE_CACHE_DIR": str(folder / "cache"),
        "PRATIQUE_DATA_DIR": str(folder / "data"),
        "PRATIQUE_DB_SOURCE": str(scanned.mirror(folder / "mirror")),
        "PRATIQUE_WORKERS": "0",
        "SOURCE_DATE_EPOCH": scanned.NOW,
    }
    words = ["-m", "pratique", "mcp", "--root", str(folder), *options]
    started = StdioServerParameters(command=sys.executable, args=words, env=environ, cwd=folder)

    async def session() -> Result:
        async with Client(stdio_client(started)) as client:
            return await asyncio.wait_for(work(client), 90)

    return asyncio.run(session())


def said(result: CallToolResult) -> str:
    """Return the text of an answer."""
    return "\n".join(one.text for one in result.content if isinstance(one, TextContent))


def test_every_tool_says_that_it_only_reads(folder: Path) -> None:
    async def work(client: Client) -> dict[str, tuple[object, object, str]]:
        found = (await client.list_tools()).tools
        return {
            one.name: (
                one.annotations and one.annotations.read_only_hint,
                one.annotations and one.annotations.open_world_hint,
                one.description or "",
            )
            for one in found
        }

    tools = ask(folder, work, "--offline")

    assert set(tools) == TOOLS
    assert {reads for reads, _, _ in tools.values()} == {True}
    assert {outward for _, outward, _ in tools.values()} == {False}
    assert all(words for _, _, words in tools.values())


def test_images_are_scanned_gated_and_mended(folder: Path) -> None:
    async def work(client: Client) -> list[str]:
        target = {"target": "oci:image:app"}
        return [said(await client.call_tool(name, target)) for name in ("scan", "gate", "fix")]

    scan, gate, fix = ask(folder, work)

    assert scan.startswith("exit code 0")
    assert "CVE-" in scan
    assert gate.startswith(("exit code 0", "exit code 1", "exit code 3"))
    assert "baseline" in gate
    assert fix.startswith("exit code 0")


def test_files_are_linted_and_their_fixes_are_a_patch(folder: Path) -> None:
    before = (folder / "Dockerfile").read_bytes()

    async def work(client: Client) -> list[str]:
        asked = [{"paths": ["Dockerfile"]}, {"paths": ["Dockerfile"], "fixes": "safe"}]
        return [said(await client.call_tool("lint", one)) for one in asked]

    found, patch = ask(folder, work)

    assert "apt-get-asks" in found
    assert "+RUN apt-get update && apt-get install -y curl" in patch
    assert (folder / "Dockerfile").read_bytes() == before


def test_a_rule_is_explained_under_any_name(folder: Path) -> None:
    async def work(client: Client) -> str:
        return said(await client.call_tool("explain", {"id": "DL3014"}))

    assert "apt-get-asks" in ask(folder, work)


def test_what_lies_outside_is_refused_as_an_error(folder: Path) -> None:
    async def work(client: Client) -> list[CallToolResult]:
        return [
            await client.call_tool("lint", {"paths": ["/etc"]}),
            await client.call_tool("scan", {"target": "dir:.."}),
            await client.call_tool("gate", {"target": "oci:image", "policy": "../p.yaml"}),
            await client.call_tool("scan", {"target": "alpine:3.20"}),
        ]

    answers = ask(folder, work, "--offline")

    assert all(one.is_error for one in answers)
    assert "lies outside" in said(answers[0])
    assert "would be fetched" in said(answers[3])


def test_a_wrong_target_is_told_with_its_exit_code(folder: Path) -> None:
    """The assistant gets what a person would: the message and what to do."""

    async def work(client: Client) -> str:
        return said(await client.call_tool("scan", {"target": "oci:image:absent"}))

    answer = ask(folder, work)

    assert answer.startswith("exit code 2")
    assert "hint:" in answer
