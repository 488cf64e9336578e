"""What goes wrong outside ends in one clear line, a hint, the right exit code, nothing half-made."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PRATIQUE = [sys.executable, "-m", "pratique"]


def run(arguments: list[str], scratch: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PRATIQUE_CACHE_DIR": str(scratch / "cache"), **environ}
    return subprocess.run(
        [*PRATIQUE, *arguments], env=env, capture_output=True, text=True, timeout=60, check=False
    )


def assert_one_clear_error(done: subprocess.CompletedProcess[str], code: int) -> None:
    assert done.returncode == code, done.stderr
    lines = done.stderr.splitlines()
    assert lines[0].startswith("pratique: error: "), done.stderr
    assert lines[1].startswith("  hint: "), done.stderr
    assert len(lines) == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "target",
    [
        "docker-archive:absent.tar",
        "oci:absent",
        "dir:/absent/root",
        "./absent",
        "sbom:absent.json",
        "127.0.0.1:1/app:1",
        "docker-archive:/dev/null",
    ],
)
def test_a_target_that_cannot_be_identified(target: str, tmp_path: Path) -> None:
    """Absent files, a registry nobody listens at, a device: exit 2."""
    assert_one_clear_error(run(["scan", "--offline", target], tmp_path), 2)


def test_a_full_disk_for_the_report(shared: Path, tmp_path: Path) -> None:
    """A report that cannot be written is an error, not a silent success."""
    image = str(shared / "images/eicar-busybox.oci.tar")

    assert_one_clear_error(run(["sbom", image, "-o", "json=/dev/full"], tmp_path), 2)
    assert_one_clear_error(run(["sbom", image, "-o", f"json={tmp_path}/no/r.json"], tmp_path), 2)


def test_a_read_only_cache_is_no_obstacle(shared: Path, tmp_path: Path) -> None:
    """Without a cache the scan is slower, not wrong."""
    image = str(shared / "images/alpine-3.15-zstd.oci.tar")
    done = run(["sbom", image, "-o", "json"], tmp_path, PRATIQUE_CACHE_DIR="/proc/pratique")

    assert done.returncode == 0
    assert '"musl"' in done.stdout


def test_two_scans_at_once_give_equal_bytes(shared: Path, tmp_path: Path) -> None:
    """Concurrent processes share one cache safely."""
    image = str(shared / "images/python-app-alpine.oci.tar")
    env = {**os.environ, "PRATIQUE_CACHE_DIR": str(tmp_path), "SOURCE_DATE_EPOCH": "1"}
    command = [*PRATIQUE, "sbom", image, "-o", "json"]
    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE) for _ in range(3)]
    answers = {process.communicate(timeout=60)[0] for process in running}

    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(answers) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_exits_130_and_leaves_no_half_report(
    how: signal.Signals, shared: Path, tmp_path: Path
) -> None:
    """Ctrl-C and a time limit leave the old report as it was, and no worker behind."""
    report = tmp_path / "r.json"
    report.write_text("old")
    env = {**os.environ, "PRATIQUE_CACHE_DIR": str(tmp_path / "cache")}
    image = str(shared / "images/debian-12-slim.oci.tar")
    process = subprocess.Popen(
        [*PRATIQUE, "scan", "--offline", image, "-o", f"json={report}"],
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(0.25)
    os.kill(process.pid, how) if how is signal.SIGTERM else os.killpg(process.pid, how)
    _, err = process.communicate(timeout=30)

    if process.returncode == 0:
        pytest.skip("the scan was faster than the interruption")
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert report.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".r.json")] == []


def test_output_into_a_closed_pipe_is_quiet(shared: Path, tmp_path: Path) -> None:
    """`pratique … | head -1` ends without a complaint."""
    image = shared / "images/debian-12-slim.oci.tar"
    line = f"{' '.join(PRATIQUE)} sbom {image} -o json | head -c 10"
    env = {**os.environ, "PRATIQUE_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        ["sh", "-c", line], env=env, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stderr == ""


def test_bytes_are_equal_on_repeat(shared: Path, tmp_path: Path) -> None:
    """Cold, warm, in workers or in this process: same digest, data and time, same bytes."""
    image = str(shared / "images/python-app-alpine.oci.tar")
    for format_name in ("json", "cyclonedx", "spdx", "sarif", "table"):
        runs = {
            run(
                ["scan", "--offline", image, "-o", format_name, *more],
                tmp_path,
                SOURCE_DATE_EPOCH="1700000000",
            ).stdout
            for more in ([], [], ["--no-cache"], ["--workers", "0"])
        }
        assert len(runs) == 1, format_name
        assert runs != {""}
