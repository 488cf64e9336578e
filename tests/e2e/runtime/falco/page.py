"""
Keep which rules fired, and write the table about it.

``fired.json`` is what the last whole run on one machine gave; the table is made of it alone, so that a test
can hold the two together, and a run in which a rule stays silent fails.
"""

import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.detections.rules.rule import Remark, RuleSet
from tests.e2e.runtime.falco.deeds import Where
from tests.e2e.runtime.falco.doing import Done

KEPT = Path(__file__).with_name("fired.json")
PAGE = Path(__file__).parents[4] / "docs/explanation/falco-rules.md"
BEGIN, END = "<!-- fired: begin -->", "<!-- fired: end -->"
_PLACES = {Where.CONTAINER: "", Where.POD: " (in a pod)", Where.NODE: " (on the node)"}


class Row(Struct, frozen=True, kw_only=True):
    """One rule: what was done, whether it fired, what has to be set for it to, and of how many other deeds it was told."""

    rule: str
    deed: str
    title: str
    fired: bool
    needs: str = ""
    others: int = 0


class Fired(Struct, frozen=True, kw_only=True):
    """A whole run, by rule."""

    kernel: str
    rows: tuple[Row, ...]

    def silent(self) -> frozenset[str]:
        """Return the rules that did not fire."""
        return frozenset(one.rule for one in self.rows if not one.fired)


def never(rules: RuleSet) -> frozenset[str]:
    """Return the rules of which the loader says that they can never fire."""
    said = [one.message for one in rules.notices if one.remark is Remark.NEVER]
    found = {one.name for one in rules.rules for text in said if repr(one.name) in text}
    assert len(found) == len(said)
    return frozenset(found)


def fired(found: Sequence[Done], rules: RuleSet) -> Fired:
    """Return what is kept of a run; ``rules`` as their maintainers deliver them."""
    silent = never(rules)
    enabled = {one.name: one.enabled for one in rules.rules}
    rows = [
        Row(
            rule=name,
            deed=one.deed.name,
            title=one.deed.title + _PLACES[one.deed.where],
            fired=name not in one.missed,
            needs=_needs(switched_on=not enabled[name], filled_in=name in silent),
            others=sum(name in other.told for other in found if name not in other.deed.rules),
        )
        for one in found
        for name in one.deed.rules
    ]
    order = {name: place for place, name in enumerate(enabled)}
    rows.sort(key=lambda row: order[row.rule])
    return Fired(kernel=".".join(platform.release().split(".")[:2]), rows=tuple(rows))


def kept() -> Fired:
    """Return what the last whole run gave."""
    return msgspec.json.decode(KEPT.read_bytes(), type=Fired)


def keep(made: Fired) -> None:
    """Keep a run, and write the table anew."""
    KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{written(made)}{END}{rest.partition(END)[2]}")


def written(made: Fired) -> str:
    """
    Return the table.

    >>> row = Row(rule="A | b", deed="d", title="it is done", fired=True)
    >>> print(written(Fired(kernel="6.1", rows=(row,))))
    <BLANKLINE>
    1 of 1 rules fired, on Linux 6.1.
    <BLANKLINE>
    | Rule | What was done | Fired | Also fired on |
    | --- | --- | --- | ---: |
    | A \\| b | it is done (`d`) | yes | 0 others |
    <BLANKLINE>
    <BLANKLINE>
    """
    rules = {one.rule for one in made.rows}
    count = len(rules - made.silent())
    lines = [
        "",
        f"{count} of {len(rules)} rules fired, on Linux {made.kernel}.",
        "",
        "| Rule | What was done | Fired | Also fired on |",
        "| --- | --- | --- | ---: |",
        *(
            f"| {_cell(one.rule)} | {_cell(one.title)} (`{one.deed}`) | {_answer(one)} | {one.others} others |"
            for one in made.rows
        ),
        "",
        "",
    ]
    return "\n".join(lines)


def _needs(*, switched_on: bool, filled_in: bool) -> str:
    words = ["switched on"] * switched_on + ["with its list filled in"] * filled_in
    return ", ".join(words)


def _answer(row: Row) -> str:
    said = "yes" if row.fired else "**no**"
    return f"{said}, {row.needs}" if row.needs else said


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
