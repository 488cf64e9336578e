"""What the tests of a running watch share."""

import os
from collections.abc import Mapping

import pytest

from tests.conftest import missing
from tests.e2e.engines import podman_environ
from tests.e2e.runtime.containers import Podman


@pytest.fixture(scope="session")
def podman_program(need):
    """Return podman's path where a watch can run here, else skip."""
    program = need("podman")
    need("runc")
    if os.geteuid() != 0:
        missing("root")
    from pratique.pipelines.watch_sensors import probe_all

    if not any(one.ready and one.sensor == "ebpf" for one in probe_all()):
        missing("ebpf")
    return program


@pytest.fixture(scope="module")
def environ(short_folder) -> Mapping[str, str]:
    """Return the environment in which podman and the watch keep everything in one folder."""
    data = {"PRATIQUE_DATA_DIR": str(short_folder / "data")}
    return {**podman_environ(short_folder, "overlay"), **data}


@pytest.fixture(scope="module")
def podman(podman_program, environ, short_folder):
    """Give containers that are gone afterwards."""
    made = Podman(podman_program, environ, short_folder)
    yield made
    made.close()
