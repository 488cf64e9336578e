"""Packages of the distribution are upgraded in one step, in the right place, as root."""

import pytest

from pratique.formats.edits import apply_edits
from pratique.model.package import PackageType
from pratique.remedies import upgrade_os_packages as unit
from tests.makers.situation import image_of, package, situation

APT = package(PackageType.DEB, "apt", "2.6")
SSL = package(PackageType.DEB, "libssl3", "3.0-1")
CURL = package(PackageType.DEB, "curl", "8.0-1", layer=1)
FLAWS = [("A", "libssl3", "3.0-2"), ("B", "curl", "8.0-3"), ("C", "curl", "")]
STEP = "RUN /bin/sh -c apt-get install curl # buildkit"
FILE = "FROM debian:12\nRUN apt-get install curl\nUSER app\nCMD x\n"
COMMAND = "RUN apt-get update && apt-get install -y --no-install-recommends --only-upgrade {} && rm -rf /var/lib/apt/lists/*\n"


def patched(there) -> str:
    (change,) = unit.propose(there)
    return apply_edits(there.dockerfile.content, change.edits).decode()


def test_what_came_with_the_base_is_upgraded_below_from() -> None:
    there = situation([APT, SSL], FLAWS, FILE, image=image_of([STEP]))
    assert patched(there).startswith(
        "FROM debian:12\n" + COMMAND.format("libssl3") + "RUN apt-get i"
    )


def test_what_a_step_installed_is_upgraded_below_it() -> None:
    there = situation([APT, SSL, CURL], FLAWS, FILE, image=image_of([STEP]))
    (change,) = unit.propose(there)

    assert "install curl\n" + COMMAND.format("curl libssl3") + "USER app" in patched(there)
    assert change.line == 2
    assert {(up.package, up.version) for up in change.versions} == {
        (SSL.key, "3.0-2"),
        (CURL.key, "8.0-3"),
    }


def test_another_user_is_kept() -> None:
    file = "FROM debian:12 AS base\nUSER app\nFROM base\nRUN apt-get install curl\nCMD x\n"
    there = situation([APT, CURL], FLAWS, file, image=image_of([STEP]))
    assert "install curl\nUSER root\n" + COMMAND.format("curl") + "USER app\nCMD" in patched(there)


def test_without_a_dockerfile_it_is_a_command() -> None:
    (change,) = unit.propose(situation([APT, SSL], FLAWS))
    assert change.edits == ()
    assert change.commands == (COMMAND.format("libssl3").removeprefix("RUN ").strip(),)


def test_without_a_package_manager_nothing_is_promised() -> None:
    (change,) = unit.propose(situation([SSL], FLAWS, FILE))
    assert (change.edits, change.commands, change.versions) == ((), (), ())


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("2.14.4-r0", "apk upgrade --no-cache ssl"),
        ("2.10.3-r1", "apk add --no-cache --upgrade ssl"),
    ],
)
def test_apk(manager: str, command: str) -> None:
    apk = package(PackageType.APK, "apk-tools", manager)
    ssl = package(PackageType.APK, "ssl", "1.0-r0")
    (change,) = unit.propose(situation([apk, ssl], [("A", "ssl", "1.0-r1")]))
    assert change.commands == (command,)


def test_nothing_fixed_is_nothing_to_do() -> None:
    assert list(unit.propose(situation([APT, CURL], [("C", "curl", "")], FILE))) == []
