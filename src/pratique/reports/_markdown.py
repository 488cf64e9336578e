"""
Write GitHub flavoured Markdown in which no string of an image acts.

A name in running text may be a link, a mention that notifies somebody (``@babel/core``), a
reference to an issue, or HTML. Law: what came from an image stands in a code span, where none of
that is read; only its backticks and, in tables, its bars need care.
Source: https://github.github.com/gfm/ (6.3 code spans, 4.10 tables).
"""

from collections.abc import Iterable, Sequence

from pratique.formats.text import printable


def code(text: str, most: int = 200) -> str:
    r"""
    Return text as a code span, printable, at most ``most`` characters, fit for a table cell.

    >>> code("@babel/core"), code("a`b|c"), code("")
    ('`@babel/core`', '``a`b\\|c``', '')
    """
    shown = printable(text).strip()
    shown = shown if len(shown) <= most else shown[: most - 1] + "…"
    if not shown:
        return ""
    run = longest = 0
    for char in shown:
        run = run + 1 if char == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    # A backslash before a bar would end the escape; GitHub takes one backslash off in a table.
    inner = shown.replace("\\|", "\\ |").replace("|", "\\|")
    inner = inner + " " if inner.endswith("\\") else inner
    return f"{fence}{pad}{inner}{pad}{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; cells are Markdown without line breaks."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def folded(summary: str, lines: Sequence[str]) -> list[str]:
    """Return lines under a summary that a reader opens; nothing where there are no lines."""
    if not lines:
        return []
    return ["", "<details>", f"<summary>{summary}</summary>", "", *lines, "", "</details>"]
