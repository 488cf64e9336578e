"""Every remedy is asked, by the folder's listing."""

from pratique.kit import registry
from pratique.model.package import PackageType
from pratique.remedies.proposing import propose_all
from tests.makers.situation import image_of, package, situation


def test_all_remedies_are_asked() -> None:
    apk = package(PackageType.APK, "apk-tools", "2.14-r0")
    ssl = package(PackageType.APK, "ssl", "1.0-r0")
    gem = package(PackageType.GEM, "a", "1.0")
    flaws = [("A", "ssl", "1.0-r1"), ("B", "a", "1.1")]
    changes = propose_all(situation([apk, ssl, gem], flaws, image=image_of([])))

    assert [one.remedy for one in changes] == [
        "run-as-user",
        "upgrade-language-packages",
        "upgrade-os-packages",
    ]


def test_remedies_are_named_after_what_they_do() -> None:
    units = registry.load("remedies")
    assert {name.replace("-", "_") for name in units} == {
        module.__name__.rpartition(".")[2] for module in units.values()
    }
    assert all(unit.TITLE for unit in units.values())
