"""
Keep what was measured, and write the page about it.

``measured.json`` is what the last whole run on one machine gave; the page is made of it alone, so
that a test can hold the two together, and a run that does worse fails.
"""

import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.e2e.runtime.measuring import Measured, Outcome

KEPT = Path(__file__).with_name("measured.json")
PAGE = Path(__file__).parents[3] / "docs/explanation/runtime-detection.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


class Row(Struct, frozen=True, kw_only=True):
    """One behaviour: the rules that it should be told by, and those of priority Error or graver."""

    name: str
    title: str
    technique: str = ""
    expects: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    right: bool = True


class Figures(Struct, frozen=True, kw_only=True):
    """A whole run."""

    kernel: str
    recall: float
    precision: float
    false_alerts_an_hour: float
    benign_seconds: float
    delay_p50_ms: float
    delay_p99_ms: float
    attacks: tuple[Row, ...]
    benign: tuple[Row, ...]

    def wrong(self) -> set[str]:
        """Return the attacks that were missed and the honest programs that were told."""
        return {one.name for one in (*self.attacks, *self.benign) if not one.right}


def figures(measured: Measured) -> Figures:
    """Return what is kept of a run."""
    attacks, benign = measured.of(attacks=True), measured.of(attacks=False)
    return Figures(
        kernel=".".join(platform.release().split(".")[:2]),
        recall=round(measured.recall, 4),
        precision=round(measured.precision, 4),
        false_alerts_an_hour=round(measured.false_alerts_an_hour, 1),
        benign_seconds=round(sum(one.ran.seconds for one in benign), 1),
        delay_p50_ms=round(measured.delay_ms(0.5), 1),
        delay_p99_ms=round(measured.delay_ms(0.99), 1),
        attacks=_rows(attacks),
        benign=_rows(benign),
    )


def kept() -> Figures:
    """Return the figures of the last whole run."""
    return msgspec.json.decode(KEPT.read_bytes(), type=Figures)


def keep(made: Figures) -> None:
    """Keep the figures of a run, and write the page anew."""
    KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{written(made)}{END}{after}")


def written(made: Figures) -> str:
    """
    Return the measured part of the page.

    >>> row = Row(name="a", title="A | b", technique="T1", expects=("r",), told=("r",))
    >>> print(written(Figures(kernel="6.1", recall=1, precision=1, false_alerts_an_hour=0,
    ...     benign_seconds=9, delay_p50_ms=1, delay_p99_ms=2, attacks=(row,), benign=())))
    ... # doctest: +ELLIPSIS
    <BLANKLINE>
    | Figure | Value |
    ...
    | `a`: A \\| b | T1 | r |
    ...
    """
    wrong = [one for one in made.benign if not one.right]
    return "\n".join(
        [
            "",
            "| Figure | Value |",
            "| --- | --- |",
            f"| attacks told, of {len(made.attacks)} (recall) | {made.recall:.1%} |",
            f"| behaviours told that are attacks (precision) | {made.precision:.1%} |",
            f"| honest programs told, of {len(made.benign)} | {len(wrong)} |",
            f"| grave alerts in an hour of honest work | {_an_hour(made)} |",
            f"| from event to alert, half of all alerts | {made.delay_p50_ms:g} ms |",
            f"| from event to alert, 99 of 100 | {made.delay_p99_ms:g} ms |",
            "",
            f"One run on Linux {made.kernel}; {made.benign_seconds:g} s of honest work in containers.",
            "",
            "### Attacks",
            "",
            "| What was done | Technique | Told by |",
            "| --- | --- | --- |",
            *(_attack(one) for one in made.attacks),
            "",
            "### Honest programs",
            "",
            "| What was done | Told by |",
            "| --- | --- |",
            *(f"| `{one.name}`: {_cell(one.title)} | {_told(one) or '–'} |" for one in made.benign),
            "",
            "",
        ]
    )


def _rows(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=one.ran.behaviour.name,
            title=one.ran.behaviour.title,
            technique=one.ran.behaviour.technique,
            expects=one.ran.behaviour.expects,
            told=one.grave,
            right=one.is_told == one.ran.behaviour.is_attack,
        )
        for one in outcomes
    )


def _attack(row: Row) -> str:
    told = _told(row) if row.right else f"**missed** (expected {', '.join(row.expects)})"
    return f"| `{row.name}`: {_cell(row.title)} | {row.technique} | {told} |"


def _told(row: Row) -> str:
    named = [one for one in row.told if one in row.expects] or row.told
    return ", ".join(named)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _an_hour(made: Figures) -> str:
    """Return the rate with what it was made of: honest programs here last a second, not an hour."""
    count = round(made.false_alerts_an_hour * made.benign_seconds / 3600)
    return f"{made.false_alerts_an_hour:g} ({count} in {made.benign_seconds:g} s)"
