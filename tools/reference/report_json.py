"""Make the JSON schema of the report, and a page that lists its objects and fields."""

import json
from typing import Any

from pratique.reports import json as json_report
from tools.reference.markdown import first_line, note, table

SCHEMA = "docs/reference/report.schema.json"


def pages() -> dict[str, str]:
    """Return the schema and its page."""
    parsed = json.loads(json_report.json_schema())
    text = json.dumps(parsed, indent=2, ensure_ascii=False) + "\n"
    return {SCHEMA: text, "docs/reference/report-json.md": _page(parsed)}


def _page(schema: dict[str, Any]) -> str:
    parts = [
        note("src/pratique/reports/json.py"),
        "# JSON report\n\n",
        "What `-o json` writes. The schema is [report.schema.json](report.schema.json) ",
        "(JSON Schema 2020-12); within one schema number it only gains optional fields.\n",
    ]
    return "".join(parts) + definitions(schema)


def definitions(schema: dict[str, Any]) -> str:
    """Return a section for each object of a schema."""
    parts: list[str] = []
    for name, definition in sorted(schema.get("$defs", {}).items()):
        parts.append(f"\n## {name}\n\n{first_line(definition.get('description'))}\n\n")
        properties = definition.get("properties", {})
        if properties:
            rows = [[f"`{field}`", _kind(said)] for field, said in properties.items()]
            parts.append(table(["Field", "Type"], rows))
        elif "enum" in definition:
            parts.append(", ".join(f"`{value}`" for value in definition["enum"]) + "\n")
    return "".join(parts)


def _kind(said: dict[str, Any]) -> str:
    """Return a property's type as inline Markdown."""
    if "$ref" in said:
        name = said["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in said:
        return " or ".join(_kind(one) for one in said["anyOf"])
    if "enum" in said:
        return " or ".join(f"`{value}`" for value in said["enum"])
    if said.get("type") == "array":
        return f"list of {_kind(said.get('items') or {})}" if said.get("items") else "list"
    if said.get("type") == "object" and isinstance(said.get("additionalProperties"), dict):
        return f"map to {_kind(said['additionalProperties'])}"
    return str(said.get("type", "anything")) if "const" not in said else f"`{said['const']}`"
