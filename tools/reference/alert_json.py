"""Make the JSON schema of alerts and incidents, and a page that lists their objects and fields."""

import json

from pratique.outputs import json as alert_json
from tools.reference.markdown import note
from tools.reference.report_json import definitions

SCHEMA = "docs/reference/alert.schema.json"


def pages() -> dict[str, str]:
    """Return the schema and its page."""
    parsed = json.loads(alert_json.json_schema())
    text = json.dumps(parsed, indent=2, ensure_ascii=False) + "\n"
    page = (
        note("src/pratique/outputs/json.py")
        + "# JSON alert\n\n"
        + "What the form `json` writes, one object a line. The schema is "
        + "[alert.schema.json](alert.schema.json) (JSON Schema 2020-12); within one schema number it "
        + "only gains fields.\n"
        + definitions(parsed)
    )
    return {SCHEMA: text, "docs/reference/alert-json.md": page}
