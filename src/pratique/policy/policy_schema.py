"""
Describe policy files as a JSON schema (2020-12), for editors that complete and check YAML.

Law: made of the same tables as the reader, so both know the same keys and words.
"""

from pratique.model.severity import Severity
from pratique.model.verdict import Answer, Mode
from pratique.policy.cel.compiling import MAX_CHARS
from pratique.policy.doubts import ALWAYS_UNDECIDED, DOUBTS
from pratique.policy.policy import MATCHES
from pratique.policy.policy_file import (
    EXAMPLE_KEYS,
    EXCEPTION_KEYS,
    KEYS,
    MARK,
    MAX_EXCEPTIONS,
    MAX_RULES,
    RULE_KEYS,
    SETTING_KEYS,
)
from pratique.policy.profiles import PROFILES
from pratique.policy.rules import RULES

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_DAYS = {"type": "number", "minimum": 0}
_MODES = {"enum": [one.value for one in Mode]}
_EXPRESSION = {"type": "string", "minLength": 1, "maxLength": MAX_CHARS}


def policy_schema() -> dict[str, object]:
    """Return the schema."""
    known: dict[str, object] = {
        MARK: {"const": 1, "description": "the version of this format"},
        "name": _TEXT,
        "extends": {"enum": list(PROFILES)},
        "settings": _mapping(
            {key: _TEXTS if key == "allowed-licences" else _DAYS for key in SETTING_KEYS}
        ),
        "modes": _mapping({one.name: {**_MODES, "description": one.says} for one in RULES}),
        "doubts": _mapping({name: _doubt(name, says) for name, says in DOUBTS.items()}),
        "rules": _listed(_rule(), MAX_RULES),
        "exceptions": _listed(_exception(), MAX_EXCEPTIONS),
        "examples": _listed(_example(), MAX_RULES),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A policy of pratique",
        **_mapping({key: known[key] for key in KEYS}, (MARK,)),
    }


def _doubt(name: str, says: str) -> dict[str, object]:
    worth = ["undecided"] if name in ALWAYS_UNDECIDED else ["allow", "warn", "undecided"]
    return {"enum": worth, "description": says}


def _rule() -> dict[str, object]:
    words: dict[str, object] = {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80},
        "match": {"enum": list(MATCHES)},
        "expression": _EXPRESSION,
        "mode": _MODES,
        "severity": {"enum": [one.value for one in Severity]},
        "messageExpression": _EXPRESSION,
    }
    needed = ("id", "match", "expression", "message")
    return _mapping({key: words.get(key, _TEXT) for key in RULE_KEYS}, needed)


def _exception() -> dict[str, object]:
    words: dict[str, object] = {"finding": _TEXTS, "expires": {"type": "string", "format": "date"}}
    needed = ("finding", "owner", "reason", "expires")
    return _mapping({key: words.get(key, _TEXT) for key in EXCEPTION_KEYS}, needed)


def _example() -> dict[str, object]:
    words: dict[str, object] = {
        "name": _TEXT,
        "evidence": {"type": "object"},
        "expect": {"enum": [one.value for one in Answer]},
        "fires": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    }
    return _mapping({key: words[key] for key in EXAMPLE_KEYS}, ("name", "expect"))


def _mapping(known: dict[str, object], needed: tuple[str, ...] = ()) -> dict[str, object]:
    required: dict[str, object] = {"required": list(needed)} if needed else {}
    return {"type": "object", "additionalProperties": False, "properties": known, **required}


def _listed(item: dict[str, object], most: int) -> dict[str, object]:
    return {"type": "array", "items": item, "maxItems": most}
