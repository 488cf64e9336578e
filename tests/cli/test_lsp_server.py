"""A real client, over the standard input and output of a real process, gets what an editor needs."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

Result = TypeVar("Result")
TEXT = "FROM a:1\nRUN echo '😀' && sudo x\nRUN apt-get update && apt-get install curl\n"


class Client(LanguageClient):
    """An editor that keeps the diagnostics it was sent."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.shown: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.logged: list[str] = []


def edit(folder: Path, work: Callable[[Client, str], Awaitable[Result]], *options: str) -> Result:
    """Start a server, open a folder, do some work and end both politely."""

    async def session() -> Result:
        client = Client()

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def shown(params: lsp.PublishDiagnosticsParams) -> None:
            client.shown.put_nowait(params)

        @client.feature(lsp.WINDOW_LOG_MESSAGE)
        def logged(params: lsp.LogMessageParams) -> None:
            client.logged.append(params.message)

        await client.start_io(sys.executable, "-m", "pratique", "lsp", *options)
        wanted = lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(), root_uri=folder.as_uri()
        )
        await client.initialize_async(wanted)
        client.initialized(lsp.InitializedParams())
        try:
            return await asyncio.wait_for(work(client, (folder / "Dockerfile").as_uri()), 60)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()

    return asyncio.run(session())


async def opened(client: Client, uri: str, text: str = TEXT) -> list[lsp.Diagnostic]:
    """Open a document and return what is shown of it."""
    document = lsp.TextDocumentItem(uri=uri, language_id="dockerfile", version=1, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=document))
    return list((await client.shown.get()).diagnostics)


async def actions(
    client: Client, uri: str, where: lsp.Range, only: list[str] | None = None
) -> list[lsp.CodeAction]:
    """Return what is offered for a range."""
    context = lsp.CodeActionContext(diagnostics=[], only=only)
    document = lsp.TextDocumentIdentifier(uri=uri)
    asked = lsp.CodeActionParams(text_document=document, range=where, context=context)
    found = await client.text_document_code_action_async(asked)
    return [one for one in found or [] if isinstance(one, lsp.CodeAction)]


def test_findings_are_shown_where_they_stand(tmp_path: Path) -> None:
    """Columns are UTF-16 units, as an editor without a word on it counts them."""

    async def work(client: Client, uri: str) -> list[lsp.Diagnostic]:
        return await opened(client, uri)

    shown = {one.code: one for one in edit(tmp_path, work)}

    assert shown["sudo-in-run"].range.start == lsp.Position(1, len("RUN echo '....' && ") - 2)
    assert shown["apt-get-asks"].range.start.line == 2
    assert {one.source for one in shown.values()} == {"pratique"}
    assert all(one.message for one in shown.values())


def test_typing_shows_anew_and_closing_takes_away(tmp_path: Path) -> None:
    async def work(client: Client, uri: str) -> tuple[set[object], int]:
        await opened(client, uri)
        whole = lsp.TextDocumentContentChangeWholeDocument(text="FROM a:1\nRUN sudo x\n")
        document = lsp.VersionedTextDocumentIdentifier(version=2, uri=uri)
        client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(text_document=document, content_changes=[whole])
        )
        typed = await client.shown.get()
        client.text_document_did_close(
            lsp.DidCloseTextDocumentParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
        )
        closed = await client.shown.get()
        return {one.code for one in typed.diagnostics}, len(closed.diagnostics)

    codes, left = edit(tmp_path, work)

    assert "sudo-in-run" in codes
    assert "apt-get-asks" not in codes
    assert left == 0


def test_a_rule_is_explained_on_hover(tmp_path: Path) -> None:
    async def work(client: Client, uri: str) -> tuple[lsp.Hover | None, lsp.Hover | None]:
        shown = {one.code: one for one in await opened(client, uri)}
        document = lsp.TextDocumentIdentifier(uri=uri)
        at = shown["sudo-in-run"].range.start
        said = await client.text_document_hover_async(lsp.HoverParams(document, at))
        nowhere = lsp.HoverParams(document, lsp.Position(9, 0))
        return said, await client.text_document_hover_async(nowhere)

    said, nothing = edit(tmp_path, work)

    assert said is not None
    assert isinstance(said.contents, lsp.MarkupContent)
    assert "**sudo-in-run**" in said.contents.value
    assert "DL3004" in said.contents.value
    assert nothing is None


def test_a_quick_fix_mends_its_finding_alone(tmp_path: Path) -> None:
    async def work(client: Client, uri: str) -> list[lsp.CodeAction]:
        shown = {one.code: one for one in await opened(client, uri)}
        return await actions(client, uri, shown["apt-get-asks"].range, ["quickfix"])

    offered = edit(tmp_path, work)
    uri = (tmp_path / "Dockerfile").as_uri()
    fixes = [one for one in offered if (one.diagnostics or [])[0].code == "apt-get-asks"]

    assert len(fixes) == 1
    assert fixes[0].edit is not None
    (change,) = (fixes[0].edit.changes or {})[uri]
    assert change.range.start.line == 2
    assert "-y" in change.new_text
    assert fixes[0].is_preferred


def test_all_safe_fixes_at_once(tmp_path: Path) -> None:
    async def work(client: Client, uri: str) -> list[lsp.CodeAction]:
        await opened(client, uri)
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(3, 0))
        return await actions(client, uri, whole, ["source.fixAll"])

    (offered,) = edit(tmp_path, work)

    assert offered.edit is not None
    (change,) = (offered.edit.changes or {})[(tmp_path / "Dockerfile").as_uri()]
    assert "apt-get install -y" in change.new_text
    assert "sudo x" in change.new_text


def test_a_broken_settings_file_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".hadolint.yaml").write_text("ignored: [\n")

    async def work(client: Client, uri: str) -> tuple[int, str, int]:
        first = await opened(client, uri)
        said = client.logged[-1]
        (tmp_path / ".hadolint.yaml").unlink()
        document = lsp.TextDocumentIdentifier(uri=uri)
        client.text_document_did_save(lsp.DidSaveTextDocumentParams(text_document=document))
        return len(first), said, len((await client.shown.get()).diagnostics)

    before, said, after = edit(tmp_path, work)

    assert before == 0
    assert ".hadolint.yaml" in said
    assert after > 0


def test_another_file_is_left_alone(tmp_path: Path) -> None:
    async def work(client: Client, uri: str) -> list[lsp.Diagnostic]:
        return await opened(client, uri.replace("Dockerfile", "notes.txt"))

    assert edit(tmp_path, work) == []
