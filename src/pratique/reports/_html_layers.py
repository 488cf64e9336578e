"""
Draw the layer map of the HTML report: what each layer weighs, brought and holds that is hidden.
"""

from collections.abc import Sequence

from pratique.model.finding import Finding
from pratique.model.report import Subject
from pratique.reports._html_charts import share, strip
from pratique.reports._html_text import Cell, Row, code, grade, table, text
from pratique.reports._layers import LayerShare, layer_shares
from pratique.reports._sentences import by_severity, size

_FILLS = {"base": "fill-base", "app": "fill-app"}


def layers(subject: Subject, live: Sequence[Finding]) -> list[str]:
    """Return the map of the layers, lowest first; nothing for fewer than two."""
    shares = layer_shares(subject, live)
    if len(shares) < 2:
        return []
    most = max(one.size_bytes for one in shares)
    widths = [(max(one.size_bytes, 0), _fill(one)) for one in shares]
    head = (
        "Layer",
        "Build step",
        "Size#",
        "",
        "Packages#",
        "Findings",
        "In hidden files#",
        "Hidden#",
    )
    title = "Layers <small>lowest first; grey is the base image, blue your own layers</small>"
    if not any(one.part for one in shares):
        title = "Layers <small>lowest first</small>"
    return [
        f"<h3>{title}</h3>",
        *(strip(widths) if most > 0 else ()),
        *table("Layers", head, (_row(one, most) for one in shares)),
    ]


def _row(one: LayerShare, most: int) -> Row:
    number = str(one.layer.index) if one.layer.index >= 0 else "?"
    found = ", ".join(grade(severity, words) for severity, words in by_severity(one.findings))
    return Row(
        (
            Cell(f"<b>{number}</b> {text(one.part)}", "Layer", heads=True),
            Cell(code(one.step[:300])),
            Cell(size(one.size_bytes) if one.size_bytes >= 0 else "", "Size", look="number"),
            Cell(share(max(one.size_bytes, 0), most, _fill(one)), look="bar"),
            Cell(str(one.packages), "Packages", look="number"),
            Cell(found or "none", "Findings"),
            Cell(str(one.hidden or ""), "In hidden files" if one.hidden else "", look="number"),
            Cell(
                size(one.hidden_bytes) if one.hidden_bytes else "",
                "Hidden by later layers" if one.hidden_bytes else "",
                look="number",
            ),
        )
    )


def _fill(one: LayerShare) -> str:
    return _FILLS.get(one.part, "fill-app")
