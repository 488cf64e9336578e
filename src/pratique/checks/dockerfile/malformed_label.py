"""Find labels that are not what the schema says: an address, a date, a version and so on."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile.interface import Fault, Sample, Scene, Settings
from pratique.formats.dockerfile.reading import pairs_of
from pratique.formats.dockerfile.variables import expand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "malformed-label"
TITLE = "a label is not of the form that the settings ask for"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3052",
    "DL3053",
    "DL3054",
    "DL3055",
    "DL3056",
    "DL3058",
)
RULES = {
    NAME: (
        "The label schema of the settings says what this label must be: a URL, a date and time "
        "(RFC 3339), a licence (SPDX expression), a commit's hash, a version (semver) or an "
        "address of mail. The value has another form, so programs that read the label fail on it. "
        "Values with variables that have no default are not told."
    )
}
_LONGEST = 2048
_LICENCE = r"[A-Za-z0-9.+:-]{1,100}"
_FORMS = {
    "url": ("URL", re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://\S+")),
    "semver": (
        "version",
        re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"),
    ),
    "rfc3339": (
        "date and time",
        re.compile(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
            r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
        ),
    ),
    "spdx": (
        "licence",
        re.compile(rf"[( ]*{_LICENCE}(?:[() ]+(?:AND|OR|WITH)[() ]+{_LICENCE})*[) ]*"),
    ),
    "hash": ("commit's hash", re.compile(r"[0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64}")),
    "email": ("address of mail", re.compile(r"[^@\s]+@[^@\s]+")),
}
"""What each form is called, and how its values are written."""
BAD = (
    Sample(text="FROM debian:12\nLABEL l=x.example\n", settings=Settings(labels={"l": "url"})),
    Sample(text="FROM debian:12\nLABEL l=1.2\n", settings=Settings(labels={"l": "semver"})),
    Sample(text="FROM debian:12\nLABEL l=2026-01-02\n", settings=Settings(labels={"l": "rfc3339"})),
    Sample(text="FROM debian:12\nLABEL l=Apache2!\n", settings=Settings(labels={"l": "spdx"})),
    Sample(text="FROM debian:12\nLABEL l=main\n", settings=Settings(labels={"l": "hash"})),
    Sample(text="FROM debian:12\nLABEL l=me\n", settings=Settings(labels={"l": "email"})),
)
GOOD = (
    Sample(
        text="FROM debian:12\nLABEL l=https://x.example\n", settings=Settings(labels={"l": "url"})
    ),
    Sample(text="FROM debian:12\nLABEL l=1.2.3-rc.1\n", settings=Settings(labels={"l": "semver"})),
    Sample(
        text="FROM debian:12\nLABEL l=2026-01-02T03:04:05Z\n",
        settings=Settings(labels={"l": "rfc3339"}),
    ),
    Sample(text="FROM debian:12\nLABEL l=MIT\n", settings=Settings(labels={"l": "spdx"})),
    Sample(text="FROM debian:12\nLABEL l=4f0c2d1\n", settings=Settings(labels={"l": "hash"})),
    Sample(text="FROM debian:12\nLABEL l=me@x.example\n", settings=Settings(labels={"l": "email"})),
    Sample(text="FROM debian:12\nLABEL l=x\n", settings=Settings(labels={"l": "text"})),
    Sample(text="FROM debian:12\nLABEL l=$VERSION\n", settings=Settings(labels={"l": "semver"})),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such label."""
    for _, one, values in in_stages(scene, "LABEL"):
        for pair in pairs_of(one, scene.file.escape):
            form = scene.settings.labels.get(pair.name, "")
            said = expand(pair.value or "", values, scene.file.escape)
            if form in _FORMS and said.text and not said.missing and not _is(form, said.text):
                note = f"{pair.name[:80]} is no {_FORMS[form][0]}"
                yield scene.at_span(pair.span, note, key=pair.name[:80])


def _is(form: str, value: str) -> bool:
    return len(value) <= _LONGEST and _FORMS[form][1].fullmatch(value) is not None
