"""Make the page of metrics."""

from pratique.outputs.metrics import METRICS
from tools.reference.markdown import note, table


def pages() -> dict[str, str]:
    """Return the page."""
    rows = [
        [
            f"`pratique_{metric.name}`",
            metric.kind,
            ", ".join(f"`{label}`" for label in metric.labels),
            metric.help,
        ]
        for metric in METRICS
    ]
    text = (
        note("src/pratique/outputs/metrics.py")
        + "# Metrics\n\nWhat `/metrics` serves, in the text format of Prometheus. A metric has at most "
        + "1000 sets of labels; what comes after that is added up under `other`.\n\n"
        + table(["Metric", "Kind", "Labels", "Meaning"], rows)
    )
    return {"docs/reference/metrics.md": text}
