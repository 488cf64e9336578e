"""
Translate between an editor and ``lint_buffer``: the one module that imports pygls.

Laws: what an editor shows is what `pratique lint` would say of the saved file; a fix is offered only
where it was proved; a file that cannot be linted never stops the server: it is told in the editor's
log. Source: Language Server Protocol 3.17,
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/.
"""

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from pratique import __version__
from pratique.cli.explain import rules
from pratique.kit import clock
from pratique.model.errors import PratiqueError
from pratique.model.fault import FixClass
from pratique.model.severity import Severity
from pratique.pipelines.lint_buffer import Buffer, Problem, Span

SOURCE = "pratique"
FIX_ALL = "source.fixAll.pratique"
_LEVELS = {
    Severity.CRITICAL: lsp.DiagnosticSeverity.Error,
    Severity.HIGH: lsp.DiagnosticSeverity.Error,
    Severity.MEDIUM: lsp.DiagnosticSeverity.Warning,
    Severity.LOW: lsp.DiagnosticSeverity.Information,
}


class Editor(LanguageServer):
    """A server with the buffers that it has looked at, by address."""

    def __init__(self, *, pedantic: bool) -> None:
        super().__init__(SOURCE, __version__)
        self.pedantic = pedantic
        self._buffers: dict[str, tuple[str, Buffer]] = {}

    def buffer(self, uri: str) -> Buffer | None:
        """Return what is known of a document as it is now, None for one that is no file."""
        document = self.workspace.get_text_document(uri)
        if not document.path or not uri.startswith("file:"):
            return None
        text = document.source
        known = self._buffers.get(uri)
        if known is None or known[0] != text:
            root = self.workspace.root_path
            place = Path(document.path)
            folder = Path(root) if root else None
            made = Buffer(text, place, folder, clock.now(), pedantic=self.pedantic)
            known = self._buffers[uri] = (text, made)
        return known[1]

    def forget(self, uri: str) -> None:
        """Drop what is known of a document that was closed."""
        self._buffers.pop(uri, None)

    def problems(self, uri: str) -> tuple[Problem, ...]:
        """Return what is wrong with a document; what stops linting is told in the log."""
        try:
            buffer = self.buffer(uri)
            return buffer.problems if buffer else ()
        except PratiqueError as error:
            said = f"{error}; {error.hint()}"
            log = lsp.LogMessageParams(type=lsp.MessageType.Error, message=said)
            self.window_log_message(log)
            return ()


def make_server(*, pedantic: bool = False) -> Editor:
    """Return a server with its features, not yet started."""
    server = Editor(pedantic=pedantic)
    server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(hover)
    kinds = [lsp.CodeActionKind.QuickFix, FIX_ALL]
    options = lsp.CodeActionOptions(code_action_kinds=kinds)
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)(code_actions)
    return server


def did_open(server: Editor, params: lsp.DidOpenTextDocumentParams) -> None:
    """Show the findings of a document that was opened."""
    _publish(server, params.text_document.uri)


def did_change(server: Editor, params: lsp.DidChangeTextDocumentParams) -> None:
    """Show the findings of a document that was changed."""
    _publish(server, params.text_document.uri)


def did_save(server: Editor, params: lsp.DidSaveTextDocumentParams) -> None:
    """Look again: an ignore file may have been saved."""
    server.forget(params.text_document.uri)
    _publish(server, params.text_document.uri)


def did_close(server: Editor, params: lsp.DidCloseTextDocumentParams) -> None:
    """Take the findings of a document away."""
    server.forget(params.text_document.uri)
    server.text_document_publish_diagnostics(
        lsp.PublishDiagnosticsParams(uri=params.text_document.uri, diagnostics=[])
    )


def hover(server: Editor, params: lsp.HoverParams) -> lsp.Hover | None:
    """Say what the rules mean whose findings stand here."""
    uri = params.text_document.uri
    document = server.workspace.get_text_document(uri)
    known = rules()
    parts: list[str] = []
    for one in server.problems(uri):
        if one.finding is None or not _holds(_range(document, one.span), params.position):
            continue
        also = f"\n\nAlso called {', '.join(one.finding.names)}." if one.finding.names else ""
        words = known.get(one.finding.rule, one.finding.title)
        parts.append(f"**{one.finding.rule}** ({one.finding.severity})\n\n{words}{also}")
    if not parts:
        return None
    value = "\n\n---\n\n".join(dict.fromkeys(parts))
    return lsp.Hover(contents=lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=value))


def code_actions(server: Editor, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return the fixes that were proved for what stands in a range, and one that makes all safe ones."""
    uri = params.text_document.uri
    problems = server.problems(uri)
    buffer = server.buffer(uri)
    if buffer is None:
        return []
    found: list[lsp.CodeAction] = []
    if _wanted(params, lsp.CodeActionKind.QuickFix):
        found += _quick_fixes(server, buffer, problems, params)
    if _wanted(params, FIX_ALL) and any(one.edits for one in problems):
        found += _fix_all(server, buffer, uri)
    return found


def _publish(server: Editor, uri: str) -> None:
    document = server.workspace.get_text_document(uri)
    shown = [_diagnostic(document, one) for one in server.problems(uri)]
    server.text_document_publish_diagnostics(
        lsp.PublishDiagnosticsParams(uri=uri, diagnostics=shown, version=document.version)
    )


def _diagnostic(document: TextDocument, one: Problem) -> lsp.Diagnostic:
    if one.finding is None:
        level = lsp.DiagnosticSeverity.Error if one.blocking else lsp.DiagnosticSeverity.Warning
        code = "not-understood"
    else:
        level = _LEVELS.get(one.finding.severity, lsp.DiagnosticSeverity.Hint)
        code = one.finding.rule
    return lsp.Diagnostic(
        range=_range(document, one.span),
        message=one.message,
        severity=level,
        code=code,
        source=SOURCE,
    )


def _quick_fixes(
    server: Editor, buffer: Buffer, problems: tuple[Problem, ...], params: lsp.CodeActionParams
) -> Iterator[lsp.CodeAction]:
    document = server.workspace.get_text_document(params.text_document.uri)
    for one in problems:
        if not one.edits or not _meet(_range(document, one.span), params.range):
            continue
        if buffer.proves(one):
            look = "" if one.fix is FixClass.SAFE else " (look at the result)"
            edits = [
                lsp.TextEdit(range=_range(document, each.span), new_text=each.text)
                for each in one.changes
            ]
            yield lsp.CodeAction(
                title=f"{one.remedy[:1].upper()}{one.remedy[1:]}{look}",
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[_diagnostic(document, one)],
                edit=lsp.WorkspaceEdit(changes={params.text_document.uri: edits}),
                is_preferred=one.fix is FixClass.SAFE,
            )


def _fix_all(server: Editor, buffer: Buffer, uri: str) -> Iterator[lsp.CodeAction]:
    mended = buffer.mended()
    if mended is None:
        return
    document = server.workspace.get_text_document(uri)
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(len(document.lines) + 1, 0))
    edit = lsp.TextEdit(range=whole, new_text=mended)
    yield lsp.CodeAction(
        title="Make every safe fix",
        kind=FIX_ALL,
        edit=lsp.WorkspaceEdit(changes={uri: [edit]}),
    )


def _wanted(params: lsp.CodeActionParams, kind: str) -> bool:
    """Return whether an editor asks for a kind; asking for ``source`` asks for all below it."""
    only = params.context.only
    return only is None or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _range(document: TextDocument, span: Span) -> lsp.Range:
    """Return a span in the units that the editor counts columns in."""
    lines = document.lines
    codec = document.position_codec

    def place(line: int, column: int) -> lsp.Position:
        if line >= len(lines):
            return lsp.Position(line, 0)
        return lsp.Position(line, codec.client_num_units(lines[line][:column]))

    return lsp.Range(place(span.line, span.column), place(span.end_line, span.end_column))


def _holds(where: lsp.Range, at: lsp.Position) -> bool:
    first = (where.start.line, where.start.character)
    last = (where.end.line, where.end.character)
    return first <= (at.line, at.character) <= last


def _meet(one: lsp.Range, other: lsp.Range) -> bool:
    return (one.start.line, one.start.character) <= (other.end.line, other.end.character) and (
        other.start.line,
        other.start.character,
    ) <= (one.end.line, one.end.character)
