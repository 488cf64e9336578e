"""What loads is used, what does not is named with what is blind without it."""

import os
import subprocess
import sys
from pathlib import Path

from pratique.model.errors import CapabilityError
from pratique.model.interest import Interest
from pratique.sensors import ebpf
from pratique.sensors._hooks import ALWAYS_BLIND, OBJECT, OLDER, PROGRAMS, Loaded, root_group
from pratique.sensors._libbpf import Object, library
from pratique.sensors.interface import Hook
from tests.conftest import missing
from tests.sensors.doing import require_bpf

NOBODY = 65534


def loaded(*refused: str) -> Loaded:
    """Return how hooks fared where some programs were refused."""
    hooks = [
        Hook(program.hook, name not in refused, "" if name not in refused else "no")
        for name, program in PROGRAMS.items()
    ]
    return Loaded(None, tuple(hooks))  # type: ignore[arg-type]


def test_each_missing_hook_has_its_blind_spot() -> None:
    """Besides those that no machine is without."""
    assert loaded().blind() == ALWAYS_BLIND
    for name, program in PROGRAMS.items():
        assert loaded(name).blind() == (program.blind, *ALWAYS_BLIND)


def test_the_tier_says_how_much_can_be_stopped() -> None:
    """By the best means that is there."""
    assert loaded().tier() == "refuses executions"
    assert loaded("refuse_exec").tier() == "sees and kills"
    assert loaded("refuse_exec", "deny_connect4").tier() == "sees, and kills executions"


def test_hooks_and_blind_spots_are_told_apart() -> None:
    """No two programs go by one name."""
    assert len({one.hook for one in PROGRAMS.values()}) == len(PROGRAMS)
    assert len({one.blind for one in PROGRAMS.values()}) == len(PROGRAMS)


def test_every_program_of_the_object_is_known() -> None:
    """None is shipped that is never loaded, none is loaded that is not shipped."""
    try:
        library()
    except CapabilityError as error:
        missing("bpf", str(error))
    found = Object(OBJECT)
    programs = set(found.programs)
    found.close()

    assert programs == {*PROGRAMS, *OLDER.values()}


def test_the_probe_leaves_nothing_behind() -> None:
    """It attaches everything for a moment; afterwards the sensor starts as usual."""
    require_bpf()
    open_before = set(Path("/proc/self/fd").iterdir())
    readiness = ebpf.probe()
    open_after = set(Path("/proc/self/fd").iterdir())

    assert readiness.ready
    assert readiness.tier
    assert {hook.name for hook in readiness.hooks} == {one.hook for one in PROGRAMS.values()}
    assert all(hook.ready or hook.why_not for hook in readiness.hooks)
    assert set(readiness.blind) >= set(ALWAYS_BLIND)
    assert open_after == open_before


def test_without_rights_it_says_which_are_needed() -> None:
    """Not ready, in words, and no traceback."""
    require_bpf()
    program = (
        f"import os; from pratique.sensors import ebpf; from pratique.sensors._libbpf import library;"
        f" library(); os.setgid({NOBODY}); os.setuid({NOBODY}); r = ebpf.probe();"
        " print(r.ready, r.why_not)"
    )
    source = Path(ebpf.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("False no right to load kernel programs")
    assert "CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN" in done.stdout


def test_a_second_sensor_does_not_disturb_the_first() -> None:
    """Each has programs and tables of its own."""
    require_bpf()
    asked = Interest(types=frozenset({"mkdir"}))
    with ebpf.Watching(asked) as first, ebpf.Watching(asked) as second:
        subprocess.run(["/bin/true"], check=True)
        for one in (first, second):
            seen = [*one.read(2), *one.read(0.2)]
            assert any(observation.type == "execve" for observation in seen)


def test_the_group_of_a_container_is_not_taken_for_the_root(tmp_path: Path) -> None:
    """Where the agent's own group stands for the root, the node's is looked for, or it is said."""
    mounts = tmp_path / "mounts"
    part = f"cgroup2 {tmp_path} cgroup2 rw 0 0\n"
    mounts.write_text(f"{part}cgroup2 {tmp_path}/none cgroup2 rw 0 0\nproc /proc proc rw 0 0\n")
    assert root_group(mounts) == (-1, f"{tmp_path}/none: No such file or directory")

    mounts.write_text(part)
    assert root_group(mounts) == (-1, f"{tmp_path} is only a part of the node's control groups")

    # A root of number 1 that everybody has stands for the node's.
    mounts.write_text(f"{part}cgroup2 /proc cgroup2 rw 0 0\n")
    found, why = root_group(mounts)
    os.close(found)
    assert why == ""
