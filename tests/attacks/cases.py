"""
Read ``expected.tsv``: what each attack must end in, and which honest image stands beside it.

Columns: the case (a file of ../shared/images/hostile, or a name of ``tests.makers.attacks``), the
exit code, words of the Unknowns or the error ("; " between them), packages that must be listed
(names), rules that must fire and no other tamper rule, the benign twin (``tests.makers.benign``).
"""

from pathlib import Path

from msgspec import Struct

from tests.makers.attacks import ATTACKS
from tests.makers.image import archive

SLOW = frozenset({"many-databases"})
"""Attacks that take more than a few seconds to make and read."""
LONG = {"many-databases": 20.0}
"""CPU seconds of those: less than half of it on an idle machine, so a slower one keeps it as well."""


class Expected(Struct, frozen=True):
    """One line."""

    name: str
    exit_code: int
    words: tuple[str, ...]
    packages: frozenset[str]
    rules: frozenset[str]
    twin: str

    @property
    def made(self) -> bool:
        """Whether it is made by code, not a file of the shared folder."""
        return self.name in ATTACKS

    def path(self, shared: Path | None, folder: Path) -> Path:
        """Return the image: the shared file, or one made in ``folder``."""
        if self.made:
            return archive(folder / f"{self.name}.oci.tar", ATTACKS[self.name]())
        if shared is None:
            raise ValueError(f"{self.name} is a shared file")
        return shared / "images/hostile" / self.name


def expectations() -> list[Expected]:
    """Return the lines of ``expected.tsv``."""
    text = Path(__file__).with_name("expected.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [
        Expected(
            name,
            int(code),
            tuple(filter(None, words.split("; "))),
            frozenset(packages.split()),
            frozenset(rules.split()),
            twin,
        )
        for name, code, words, packages, rules, twin in rows
    ]


def attack_names() -> list[str]:
    """Return the attacks that are made by code."""
    return list(ATTACKS)
