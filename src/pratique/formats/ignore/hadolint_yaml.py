"""
Read ``.hadolint.yaml``: which rules are off, which severities differ, which registries are trusted.

Honoured: ``ignored``, ``override``, ``trustedRegistries``, ``label-schema``, ``strict-labels``,
``disable-ignore-pragma``, ``failure-threshold`` (where ``--fail-on`` is not given), ``no-fail``.
``format``, ``no-color`` and unknown keys are told, not honoured.

Source: hadolint's README, "Configure".
"""

from collections.abc import Mapping

from msgspec import Struct

from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.severity import Severity

SEVERITIES = {
    "error": Severity.MEDIUM,
    "warning": Severity.LOW,
    "info": Severity.NEGLIGIBLE,
    "style": Severity.NEGLIGIBLE,
}
"""Our grade for each of hadolint's."""
_SILENT = frozenset({"format", "no-color"})
_KNOWN = frozenset({
    "ignored", "override", "trustedRegistries", "label-schema", "strict-labels", "format",
    "disable-ignore-pragma", "failure-threshold", "no-fail", "no-color",
})  # fmt: skip


class HadolintConfig(Struct, frozen=True, kw_only=True):
    """
    What the file says.

    ``severities`` maps hadolint's ids to our grades. ``threshold`` is the grade from which a run
    fails, None where the file says nothing or wants no failure (``no_fail``). ``problems`` are
    sentences about what is not honoured.
    """

    ignored: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}
    trusted_registries: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}
    strict_labels: bool = False
    heed_comments: bool = True
    threshold: Severity | None = None
    no_fail: bool = False
    problems: tuple[str, ...] = ()


def read_hadolint_yaml(content: bytes, place: str) -> HadolintConfig:
    """
    Return what a configuration of hadolint says; ``place`` names the file.

    Raises:
        FormatError: not YAML, or a value of the wrong sort.

    >>> read_hadolint_yaml(b"ignored: [DL3008]\\noverride: {error: [DL3006]}", "f").severities
    {'DL3006': <Severity.MEDIUM: 'medium'>}
    """
    document = parse_yaml(content)
    if document in (None, ""):
        return HadolintConfig()
    if not isinstance(document, Mapping):
        raise FormatError("a configuration of hadolint is a mapping")
    problems = [
        f"{place}: {str(key)[:40]!r} is not honoured"
        for key in document
        if key not in _KNOWN or key in _SILENT
    ]
    override = document.get("override") or {}
    if not isinstance(override, Mapping):
        raise FormatError("override: a mapping from severities to lists is expected")
    labels = document.get("label-schema") or {}
    if not isinstance(labels, Mapping):
        raise FormatError("label-schema: a mapping from labels to kinds is expected")
    return HadolintConfig(
        ignored=_texts(document.get("ignored"), "ignored"),
        severities={
            name: SEVERITIES[word]
            for word, names in override.items()
            if word in SEVERITIES
            for name in _texts(names, f"override.{word}")
        },
        trusted_registries=_texts(document.get("trustedRegistries"), "trustedRegistries"),
        labels={str(name): str(kind) for name, kind in labels.items()},
        strict_labels=_true(document.get("strict-labels")),
        heed_comments=not _true(document.get("disable-ignore-pragma")),
        threshold=SEVERITIES.get(str(document.get("failure-threshold"))),
        no_fail=_true(document.get("no-fail")),
        problems=tuple(problems),
    )


def _texts(value: object, name: str) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    if isinstance(value, str):
        return tuple(one.strip() for one in value.split(","))
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise FormatError(f"{name}: a list of texts is expected")


def _true(value: object) -> bool:
    return str(value).lower() in ("true", "yes", "on")
