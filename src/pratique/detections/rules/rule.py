"""Say what a loaded rule is, and what there is to remark on the files it came from."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from pratique.formats.falco.document import Sample
from pratique.formats.falco.syntax import Condition, Left
from pratique.model.alert import Priority
from pratique.model.errors import FormatError


class RuleError(FormatError):
    """Report a rule file that cannot be loaded: ``file:line: what is wrong``."""

    fix = "see docs/reference/rules-language.md"

    def __init__(self, path: str, line: int, message: str, *, hint: str = "") -> None:
        super().__init__(f"{path}:{line}: {message}", hint=hint)
        self.path, self.line = path, line


class RuleFile(Struct, frozen=True):
    """A file of rules: what to call it, and its bytes."""

    path: str
    content: bytes


class Remark(StrEnum):
    """What can be remarked."""

    OLD_APPEND = "old-append"
    OLD_ENABLED = "old-enabled"
    EVERY_TYPE = "every-event-type"
    """The condition does not say which events it is about."""
    NEVER = "never-fires"
    UNAVAILABLE = "unavailable-field"
    SKIPPED = "skipped"
    LIKELY_MISTAKE = "likely-mistake"
    UNKNOWN_KEY = "unknown-key"
    UNKNOWN_TYPE = "unknown-event-type"
    UNUSED = "unused"
    NEWER_ENGINE = "newer-engine"


class Notice(Struct, frozen=True, kw_only=True):
    """One remark that does not keep a file from loading."""

    remark: Remark
    message: str
    path: str
    line: int


class Unavailable(Struct, frozen=True, kw_only=True):
    """A field that a rule asks for and no event of ours supplies; comparisons on it are false."""

    rule: str
    field: str
    reason: str


class Rule(Struct, frozen=True, kw_only=True):
    """
    One rule, whole: macros and lists are in place, exceptions are part of the condition.

    ``text`` is the condition as written (with what was appended), ``output`` the output's pieces.
    """

    name: str
    condition: Condition
    text: str
    output: tuple[str | Left, ...]
    output_text: str
    priority: Priority
    path: str
    line: int
    desc: str = ""
    tags: tuple[str, ...] = ()
    enabled: bool = True
    fires: tuple[Sample, ...] = ()
    silent: tuple[Sample, ...] = ()
    references: tuple[str, ...] = ()


class RuleSet(Struct, frozen=True, kw_only=True):
    """
    What a load gave: rules in the order of their files, and all that is remarked.

    ``macros`` are the texts of all macros, for showing; rules that are not enabled are there too.
    """

    rules: tuple[Rule, ...]
    notices: tuple[Notice, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()
    macros: Mapping[str, str] = {}
    lists: Mapping[str, Sequence[str]] = {}

    @property
    def enabled(self) -> tuple[Rule, ...]:
        """Return the rules that are to run."""
        return tuple(rule for rule in self.rules if rule.enabled)
