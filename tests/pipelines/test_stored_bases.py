"""Stored images of the base's repository are offered as bases, with what they hold."""

from pathlib import Path

from msgspec.structs import replace

from pratique.kit.store import Store
from pratique.model.digest import sha256_of
from pratique.model.package import PackageType
from pratique.model.part import BaseImage, Recognition
from pratique.model.stored import Holder, Piece, StoredImage
from pratique.pipelines.stored_bases import MOST, stored_bases
from tests.makers.situation import DEBIAN, package, situation

SSL = package(PackageType.DEB, "ssl", "1-1", location="")
PART = package(PackageType.PYPI, "part", "3", location="")


def keep(folder: Path, target: str, *, created: str = "2026-01-01", pieces: bool = True) -> None:
    digest = sha256_of(target.encode())
    held = {Piece(package=SSL, distro=DEBIAN): (), Piece(package=PART, owner=SSL): ()}
    with Store(folder) as store:
        store.put_image(
            StoredImage(digest=digest, target=target, chain=digest, layers=1, created=created)
        )
        holder = Holder(digest=digest, target=target, stored=created)
        store.put(holder, held if pieces else {}, {})


def offered(folder: Path, *references: str, base: BaseImage | None = None) -> list[str]:
    subject = replace(situation().subject, base=base)
    return [one.reference for one in stored_bases(folder, subject, references)]


def test_images_of_the_repository_are_offered(tmp_path: Path) -> None:
    """By what FROM can name; archives, other repositories and bare catalogue entries are not."""
    keep(tmp_path, "docker.io/library/debian:12.12", created="2026-02-01")
    keep(tmp_path, "docker:debian:13", created="2026-03-01")
    keep(tmp_path, "oci-archive:debian.tar")
    keep(tmp_path, "mirror.example/debian:12")
    keep(tmp_path, "debian:11", pieces=False)

    assert offered(tmp_path, "debian:12") == ["debian:13", "docker.io/library/debian:12.12"]


def test_the_base_that_was_recognised_names_its_repository(tmp_path: Path) -> None:
    keep(tmp_path, "alpine:3.20")
    base = BaseImage(how=Recognition.LABEL, name="docker.io/library/alpine:3.18")
    assert offered(tmp_path, base=base) == ["alpine:3.20"]
    assert offered(tmp_path, "scratch") == []


def test_what_they_hold_is_whole(tmp_path: Path) -> None:
    keep(tmp_path, "debian:12")
    (found,) = stored_bases(tmp_path, situation().subject, ["debian:11"])

    assert found.subject.distro == DEBIAN
    assert {one.name: one.owner for one in found.subject.packages} == {"ssl": "", "part": SSL.key}


def test_the_newest_are_enough(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        keep(tmp_path, f"debian:{number}", created=f"2026-01-{number + 10}")
    assert offered(tmp_path, "debian")[0] == f"debian:{MOST + 2}"
    assert len(offered(tmp_path, "debian")) == MOST


def test_no_store_offers_nothing(tmp_path: Path) -> None:
    assert offered(tmp_path / "none", "debian:12") == []
    assert not (tmp_path / "none").exists()
