"""The doctor says what is there without changing anything or telling a secret."""

from pathlib import Path

from pratique.pipelines.check_machine import Check, State, check_machine, check_sensors
from pratique.sensors.interface import Hook, Readiness


def test_names_a_proxy_but_not_its_password(tmp_path: Path) -> None:
    """A proxy URL may carry credentials; only the variable's name is shown."""
    environ = {
        "HTTPS_PROXY": "http://user:hunter2@proxy.invalid",
        "PRATIQUE_CACHE_DIR": str(tmp_path / "cache"),
        "PRATIQUE_DATA_DIR": str(tmp_path / "data"),
        "HOME": str(tmp_path),
    }
    checks = {check.name: check for check in check_machine(environ)}

    assert "HTTPS_PROXY" in checks["proxy"].detail
    assert not any("hunter2" in check.detail for check in checks.values())
    assert checks["cache folder"].state is State.OK
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_cache_is_a_problem() -> None:
    """``/proc`` cannot be written by anybody, root included."""
    environ = {"PRATIQUE_CACHE_DIR": "/proc/pratique", "PRATIQUE_DATA_DIR": "/tmp", "HOME": "/"}
    checks = {check.name: check for check in check_machine(environ)}

    assert checks["cache folder"].state is State.PROBLEM


def test_sensors_say_what_they_could_do() -> None:
    """A sensor that is not ready is no problem for a scan; what it lacks is named."""
    hooks = (Hook("exec", True), Hook("lsm", False, "EPERM"), Hook("dns", False, "no group"))
    found = check_sensors(
        [
            Readiness(sensor="a", ready=True, tier="sees and kills", hooks=hooks),
            Readiness(sensor="b", ready=True, tier="sees", hooks=hooks[:1]),
            Readiness(sensor="c", ready=False, why_not="no right", hooks=hooks[1:]),
        ]
    )
    assert found == (
        Check("sensor a", State.OK, "sees and kills; without lsm, dns"),
        Check("sensor b", State.OK, "sees"),
        Check("sensor c", State.NOTE, "cannot watch here: no right"),
    )
