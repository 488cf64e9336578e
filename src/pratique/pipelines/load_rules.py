"""Read files of rules, sequences and allowances from where a person keeps them."""

from collections.abc import Sequence
from pathlib import Path

from pratique.detections.correlation import language
from pratique.detections.drift.allowing import Allowance, read_allowances
from pratique.detections.rules.loading import load, load_default
from pratique.detections.rules.rule import RuleFile, RuleSet
from pratique.model.errors import UsageError

MAX_BYTES = 8 << 20
"""Of one file; Falco's largest has 95 kB."""
_ENDINGS = (".yaml", ".yml")


def rule_files(paths: Sequence[Path]) -> tuple[RuleFile, ...]:
    """
    Return the files of rules that are named, those of a folder in the order of their names.

    Raises:
        UsageError: a path is absent, unreadable or too large, or a folder holds no rules.
    """
    return tuple(RuleFile(str(path), _content(path)) for one in paths for path in _listed(one))


def load_rules(paths: Sequence[Path]) -> RuleSet:
    """
    Return the rules of some files, or our own where none are named.

    Raises:
        UsageError: a file cannot be read.
        RuleError: a file has an error; nothing of it or of the others is loaded.
    """
    return load(rule_files(paths)) if paths else load_default()


def load_sequences(paths: Sequence[Path]) -> tuple[language.Sequence, ...]:
    """
    Return the sequences of some files.

    Raises:
        UsageError: a file cannot be read.
        FormatError: it holds no sequence.
    """
    found = (path for one in paths for path in _listed(one))
    return tuple(language.read_sequence(_content(path), str(path)) for path in found)


def load_allowances(path: Path | None) -> tuple[Allowance, ...]:
    """
    Return what a file says may drift; without one, nothing but what is always allowed.

    Raises:
        UsageError: the file cannot be read, or has a mistake.
    """
    return () if path is None else read_allowances(_content(path), str(path))


def _listed(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return (path,)
    try:
        found = sorted(one for one in path.iterdir() if one.suffix in _ENDINGS)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if not found:
        raise UsageError(f"no rules in {path}", hint="files of rules end in .yaml")
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES >> 20} MiB")
    return content
