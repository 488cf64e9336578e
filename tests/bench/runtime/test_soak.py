"""A soak ends well only if the watch was steady to its end."""

from msgspec.structs import replace

from bench.runtime.soak import Minute, problems

STEADY = [
    Minute(
        at_s=number * 60.0,
        resident_mb=100 + number / 10,
        events=number * 1000,
        lost=number,
        missing=number,
        alerts=number + 1,
        tables={"processes": 900, "workloads": 200, "groups": 220, "waiting": 0, "tallied": 200},
    )
    for number in range(10)
]


def test_a_steady_watch_passes() -> None:
    """Sums may grow, and memory a little."""
    assert problems(STEADY) == []


def test_what_grows_is_told() -> None:
    """Memory, a table, what is missing and was not told, an end of alerts."""
    tables = {**STEADY[-1].tables, "processes": 40_000, "tallied": 1025}
    last = replace(STEADY[-1], resident_mb=300.0, missing=50, alerts=1, tables=tables)

    found = problems([*STEADY[:-1], last])

    assert [one.split(":")[0].split(" ")[0] for one in found] == [
        "memory",
        "processes",
        "tallied",
        "50",
        "no",
    ]
