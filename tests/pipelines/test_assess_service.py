"""What keeps an application from being run is told, with what to do about it; tests/e2e runs one."""

import pytest
from msgspec.structs import replace

from pratique.pipelines.assess_service import Service, assess_service
from pratique.pipelines.assess_sources import Tools
from tests.makers import layer as make
from tests.makers.fake_tools import program

TAR = make.tar(make.file("a", b"1"))


@pytest.fixture
def image():
    made = make.image(make.FakeBlobs(), TAR)
    return replace(made, config=replace(made.config, exposed_ports=("80/tcp",)))


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """Give tools with a wapiti, and a PATH with nothing."""
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    program(tmp_path / "tools", "wapiti", "print('{}')")
    return Tools(folders=(tmp_path / "tools",))


def test_without_tools_nothing_is_run(image, tmp_path, tools):
    """Each that is missing is named, but for one that nobody is asked to install."""
    learnt = assess_service(image, tmp_path, Service(), replace(tools, folders=()))
    assert {one.unit for one in learnt.unknowns} == {"schemathesis", "wapiti"}


def test_an_image_without_a_port_is_not_run(image, tmp_path, tools):
    """What to do is said."""
    silent = replace(image, config=replace(image.config, exposed_ports=("53/udp",)))
    learnt = assess_service(silent, tmp_path, Service(), tools)
    said = {one.unit: one.reason for one in learnt.unknowns}
    assert set(said) == {"sandbox", "schemathesis"}
    assert said["sandbox"].endswith("name one: --port")


def test_without_podman_it_is_named(image, tmp_path, tools, monkeypatch):
    """With the line that installs it."""
    monkeypatch.setattr("shutil.which", lambda name, path=None: _only(tools, name))
    learnt = assess_service(image, tmp_path, Service(), tools)
    said = {one.unit: one.reason for one in learnt.unknowns}
    assert "podman is not installed" in said["sandbox"]
    assert "apt-get install podman" in said["sandbox"]


def _only(tools, name):
    return str(tools.folders[0] / name) if name == "wapiti" else None


def test_an_engine_that_fails_is_told(image, tmp_path, tools):
    """The application was not run, and the report says why."""
    program(tmp_path / "none", "podman", "sys.exit('no space left')")
    learnt = assess_service(image, tmp_path, Service(ports=(80,)), tools)
    said = {one.unit: one.reason for one in learnt.unknowns}
    assert said["sandbox"].endswith("podman cannot load the image: no space left")
    assert learnt.findings == ()
