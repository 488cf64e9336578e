"""
Say in words what a finding is about, where it stands and whether the image still shows the place.

Law: of a secret only ``Finding.masked`` is shown. Every text is printable; each medium still
escapes it.
"""

from collections.abc import Iterable

from pratique.formats.text import printable
from pratique.model.finding import Confidence, Finding, FindingKind, Part
from pratique.model.report import Recipe, Subject, SubjectKind

KIND_WORDS = {
    FindingKind.VULNERABILITY: ("flaw", "flaws"),
    FindingKind.MALWARE: ("malware", "malware"),
    FindingKind.SECRET: ("secret", "secrets"),
    FindingKind.TAMPER: ("sign of tampering", "signs of tampering"),
    FindingKind.CONFIG: ("misconfiguration", "misconfigurations"),
    FindingKind.CODE: ("weakness in the code", "weaknesses in the code"),
    FindingKind.SERVICE: ("weakness when run", "weaknesses when run"),
    FindingKind.LICENCE: ("licence", "licences"),
    FindingKind.END_OF_LIFE: ("end of life", "end of life"),
}
"""What one and several findings of a kind are called."""

CONTRABAND = (FindingKind.MALWARE, FindingKind.SECRET, FindingKind.TAMPER)
"""What does not belong in an image at all, the gravest first."""

WEAKNESSES = (FindingKind.SERVICE, FindingKind.CODE)
"""What tools of others found in the application itself, what was met in the flesh first."""

PART_WORDS = {Part.BASE: "base image", Part.APP: "own layers", Part.UNKNOWN: "image as a whole"}


DOUBTFUL = "perhaps"
"""What is put before a secret of low confidence: an example, a test, a wrong checksum."""


def is_doubtful(finding: Finding) -> bool:
    """Return whether a finding only looks like contraband, as what documentation shows does."""
    return finding.kind in CONTRABAND and finding.confidence is Confidence.LOW


def contraband_in(findings: Iterable[Finding]) -> list[Finding]:
    """
    Return malware, secrets and signs of tampering: the gravest kind first, what is doubtful behind all.

    >>> doubtful = Finding(id="1", kind=FindingKind.MALWARE, rule="a", confidence=Confidence.LOW)
    >>> sure = Finding(id="2", kind=FindingKind.SECRET, rule="b")
    >>> [one.rule for one in contraband_in([doubtful, sure])]
    ['b', 'a']
    """
    found = [one for one in findings if one.kind in CONTRABAND]
    return sorted(found, key=lambda one: (is_doubtful(one), CONTRABAND.index(one.kind)))


def place(finding: Finding) -> str:
    """
    Return where a finding stands: ``path:line``, or the path, or nothing for the whole image.

    >>> place(Finding(id="1", kind=FindingKind.SECRET, rule="x", location="etc/app.env", line=3))
    'etc/app.env:3'
    """
    where = printable(finding.location)
    return f"{where}:{finding.line}" if where and finding.line > 0 else where


def about(finding: Finding) -> str:
    """Return what a finding is about: its package, else its place, else the image itself."""
    return printable(finding.package_name) or place(finding) or "the image itself"


def hidden(finding: Finding) -> str:
    """
    Return that a later layer hides the place, empty where none does.

    A deleted file is gone from the merged tree and still ships with its layer.
    """
    if finding.hidden_by is None:
        return ""
    number = finding.hidden_by.index
    later = f"layer {number}" if number >= 0 else "a later layer"
    return f"hidden by {later}, still shipped"


def told(finding: Finding) -> str:
    """Return what was found, in one clause: title, mask of a secret, what a later layer hides."""
    title = printable(finding.title or finding.rule)
    title = f"{DOUBTFUL}: {title}" if is_doubtful(finding) else title
    mask = f" {printable(finding.masked)}" if finding.masked else ""
    return ", ".join(filter(None, (title + mask, hidden(finding))))


def detail(finding: Finding) -> str:
    """
    Return what was seen at the place, where that says more than the title; empty for flaws.

    Of a secret the description says what to do, which ``step`` gives.
    """
    if finding.kind in (FindingKind.VULNERABILITY, FindingKind.SECRET, FindingKind.END_OF_LIFE):
        return ""
    words = printable(finding.description).removeprefix(f"{place(finding)}: ")
    words = words.removeprefix(f"{printable(finding.location)}: ")
    return "" if words == printable(finding.title) else words


def layer_words(finding: Finding) -> str:
    """Return the layer and the part of the image that a finding came with, as far as known."""
    words = [finding.part.value] if finding.part else []
    if finding.layer and finding.layer.index >= 0:
        words.append(f"layer {finding.layer.index}")
    return " ".join(words)


_SETTING = "config: "
"""How the place of a finding begins that is a setting of the image."""


def repository_line(finding: Finding, subject: Subject) -> tuple[str, int]:
    """Return the file of a repository that a finding comes from, empty for none, and the line."""
    if subject.recipe is not None:
        return _recipe_line(finding, subject.recipe)
    file = repository_file(finding.location, subject)
    return file, max(finding.line, 1) if file else 1


def _recipe_line(finding: Finding, recipe: Recipe) -> tuple[str, int]:
    """Return the instruction behind a finding's layer; of the whole image, where its stage begins."""
    index = finding.layer.index if finding.layer else -1
    file = "" if recipe.file.startswith(("/", "../")) else recipe.file
    if not file:
        return "", 1
    if index < 0:
        setting = finding.location.removeprefix(_SETTING)
        known = recipe.settings if setting != finding.location else {}
        keyword, _, name = setting.partition(" ")
        if name and keyword in ("ENV", "LABEL"):  # what the file does not set came with the base
            return file, known.get(setting, recipe.base)
        return file, known.get(keyword, recipe.last)
    if index in recipe.layers:
        return file, recipe.layers[index]
    return (file, recipe.base) if index < recipe.base_layers else ("", 1)


def repository_file(location: str, subject: Subject) -> str:
    """
    Return the file of a repository that a finding stands in, relative; empty where there is none.

    Only a folder has one, or a file that was linted: what an image holds stands in no repository.
    An absolute path is somewhere on this machine, which nobody else can open.
    """
    if subject.kind is SubjectKind.FILE:
        file = location.removeprefix("./")
        return "" if file.startswith(("/", "../")) or file == "-" else file
    if subject.kind is not SubjectKind.DIRECTORY:
        return ""
    folder = subject.target.removeprefix("dir:").removeprefix("./").rstrip("/")
    inside = location.partition("!")[0]
    if folder.startswith("/") or not inside:
        return ""
    return inside if folder in ("", ".") else f"{folder}/{inside}"
