"""
Measure what watching this node costs: ``python -m bench.runtime --rules FOLDER [--write]``.

One run, in this order: the rules alone; what the sensor adds to a call, off, on and filtered; fifty
thousand acts a second over 10,000 paths and 200 control groups, without and with the filter in the
kernel, and three thousand of the load alone; from event to alert. ``--rules`` is a folder of Falco's
rules. Needs root, a C compiler, and a kernel that lets eBPF in. The watch runs with priority, as a
service would, because the load and the rest of the machine share its cores.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.page import PAGE, put
from bench.runtime import rules
from bench.runtime.generator import compiled, files, groups
from bench.runtime.latency import late
from bench.runtime.overhead import overhead
from bench.runtime.sustained import sustained


def main() -> None:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=Path, required=True, help="folder with Falco's rules")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=int, default=50_000)
    parser.add_argument(
        "--place", default="/srv", help="where files are opened; /tmp is what rules look at"
    )
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE}")
    given = parser.parse_args()
    lines = []
    for line in _measured(given):
        print(line, flush=True)
        lines.append(line)
    if given.write:
        put("runtime", lines)


def _measured(given: argparse.Namespace) -> Iterator[str]:
    yield from rules.measured(given.rules)
    with tempfile.TemporaryDirectory(dir=given.place) as place, groups(200) as within:
        folder = Path(place)
        program, opened = compiled(folder), files(folder, 10_000)
        yield ""
        yield from overhead(program, given.rules)
        yield ""
        yield from sustained(program, opened, within, given)
        yield ""
        yield from late(program, given.rules)


if __name__ == "__main__":
    main()
