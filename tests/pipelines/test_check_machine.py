"""The doctor says what is there without changing anything or telling a secret."""

from pathlib import Path

from pratique.pipelines.check_machine import State, check_machine


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
