"""
Put baselines into lines for a terminal; everything that a workload named is made harmless.
"""

from collections.abc import Iterable, Sequence

from pratique.detections.baseline.differing import Difference
from pratique.detections.baseline.facts import Kind
from pratique.detections.baseline.knowing import words
from pratique.detections.baseline.stopping import standing
from pratique.detections.baseline.verifying import Verification
from pratique.formats.text import columns, padded, printable
from pratique.model.baseline import Baseline

_SHOWN = 60
_TITLES = {
    Kind.PROCESS: "programs",
    Kind.WRITE: "written",
    Kind.LIBRARY: "libraries",
    Kind.DESTINATION: "destinations",
    Kind.LISTENING: "serves",
    Kind.NAME: "asks for",
    Kind.CAPABILITY: "capabilities",
    Kind.SYSCALL: "system calls",
}


def table_lines(baselines: Sequence[Baseline]) -> list[str]:
    """Return one line for each baseline: name, image, mode, what is known, how settled it is."""
    if not baselines:
        return ["no baselines"]
    rows = [_row(one) for one in baselines]
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def shown_lines(one: Baseline) -> list[str]:
    """Return what a baseline holds, kind by kind."""
    said = standing(one)
    lines = [
        f"{one.workload}  {one.mode}",
        f"  image        {one.image or '?'}  {one.digest}",
        f"  confidence   {said.confidence}" + (f": {'; '.join(said.lacks)}" if said.lacks else ""),
        f"  learnt from  {len(one.runs)} containers, {sum(run.events for run in one.runs)} events",
    ]
    for kind in Kind:
        values = getattr(one, kind.value)
        if not values:
            continue
        whole = " (not all: too many)" if kind.value in one.full else ""
        if kind is Kind.SYSCALL and not one.syscalls_whole:
            whole = " (not all: the sensor did not count them)"
        lines.append(f"  {_TITLES[kind]}: {len(values)}{whole}")
        if kind is Kind.SYSCALL:
            lines.append("    " + " ".join(values))
            continue
        lines += [f"    {words(value)}" for value in values[:_SHOWN]]
        if len(values) > _SHOWN:
            lines.append(f"    … {len(values) - _SHOWN} more: -o json")
    return list(map(printable, lines))


def difference_lines(found: Iterable[Difference]) -> list[str]:
    """Return one line for each difference."""
    signs = {"added": "+", "removed": "-"}
    lines = [f"{signs[one.change]} {one.kind}: {one.value}" for one in found]
    return list(map(printable, lines)) or ["no difference"]


def verified_lines(found: Verification) -> list[str]:
    """Return what profiles would have refused."""
    if not found.acts:
        return ["nothing of this workload is in the recording: nothing was tried out"]
    lines = [
        f"{one.profile}: {one.reason} ({one.process}, {one.count} times)" for one in found.refusals
    ]
    if found.left_out:
        lines.append(f"and {found.left_out} more")
    verdict = f"{len(found.refusals)} would be refused" if lines else "nothing would be refused"
    return [*map(printable, lines), f"{found.acts} acts tried out: {verdict}"]


def _row(one: Baseline) -> tuple[str, ...]:
    said = standing(one)
    state = "settled" if said.settled else said.lacks[0]
    counts = (
        f"{len({two.path for two in one.processes})} programs, {len(one.writes)} written, "
        f"{len(one.destinations)} destinations"
    )
    name = one.image or one.digest[:19]
    return tuple(map(printable, (one.workload, name, one.mode.value, counts, state)))
