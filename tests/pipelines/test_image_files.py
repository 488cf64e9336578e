"""The files of an image are kept with their packages, under the names that the kernel tells."""

from pratique.kit.image_files import ImageFiles, unpack
from pratique.model.digest import sha256_of
from pratique.model.package import OwnedFile, Package, PackageType, Purl
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.image_files import FileKeeper, as_observed, image_files
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from tests.makers import layer as make

PROGRAM = b"#!/bin/sh\n"


def package(kind: PackageType, name: str, location: str = "", **more: object) -> Package:
    purl = Purl(f"pkg:{kind}/{name}@1")
    given = {"type": kind, "name": name, "version": "1", "purl": purl, "location": location, **more}
    return Package(**given)  # type: ignore[arg-type]


def inspected(*entries: bytes, **more: object) -> Inspected:
    blobs = make.FakeBlobs()
    settings = InspectSettings(hash_programs=True, in_process=True)
    image = make.image(blobs, make.tar(*entries))
    found = inspect_image(image, blobs, patterns=(), units_version="1", settings=settings)
    assert found.unknowns == ()
    return found


def kept(
    seen: Inspected, *packages: Package, unknowns: tuple[Unknown, ...] = (), **owned: str
) -> ImageFiles:
    """Return the files; ``owned`` names a package's files by its name."""
    by_name = {one.name: one.key for one in packages}
    files = {by_name[name]: (OwnedFile(path),) for name, path in owned.items()}
    return image_files(seen.tree, packages, files, unknowns)


def test_owners() -> None:
    """Links are resolved; the system's package counts before a language's."""
    seen = inspected(
        make.symlink("bin", "usr/bin"),
        make.file("usr/bin/sh", PROGRAM, mode=0o755),
        make.file("usr/bin/mine", b"", mode=0o755),
        make.symlink("usr/bin/bash", "sh"),
    )
    dash = package(PackageType.DEB, "dash")
    found = kept(seen, package(PackageType.PYPI, "a"), dash, a="usr/bin/sh", dash="bin/sh")

    assert found.owner("/usr/bin/sh") == dash.key
    assert found.has("/usr/bin/mine")
    assert found.owner("/usr/bin/mine") == ""
    assert not found.has("/bin/sh")
    assert not found.has("/usr/bin/bash")
    assert found.digest_of("/usr/bin/sh") == sha256_of(PROGRAM).removeprefix("sha256:")
    assert found.complete


def test_modules_of_node() -> None:
    """A file belongs to the innermost module, wherever nothing recorded it."""
    seen = inspected(
        make.file("srv/node_modules/a/lib/x.js", b"1"),
        make.file("srv/node_modules/a/node_modules/b/y.js", b"2"),
        make.file("srv/node_modules/c.js", b"3"),
        make.file("srv/main.js", b"4"),
    )
    a = package(PackageType.NPM, "a", "srv/node_modules/a/package.json")
    b = package(PackageType.NPM, "b", "srv/node_modules/a/node_modules/b/package.json")
    mine = package(PackageType.NPM, "mine", "srv/package.json")
    found = kept(seen, a, b, mine)

    assert found.owner("/srv/node_modules/a/lib/x.js") == a.key
    assert found.owner("/srv/node_modules/a/node_modules/b/y.js") == b.key
    assert found.owner("/srv/node_modules/c.js") == found.owner("/srv/main.js") == ""


def test_what_lies_inside_a_file() -> None:
    """Programs and jars hold packages; what only a lockfile names is nowhere."""
    seen = inspected(make.file("app", PROGRAM, mode=0o755), make.file("x.jar", b"1"))
    linked = package(PackageType.GOLANG, "m", "app")
    inner = package(PackageType.MAVEN, "l", "x.jar!lib/l.jar")
    declared = package(PackageType.NPM, "d", "app", declared=True)
    found = kept(seen, linked, inner, declared, package(PackageType.NPM, "n", "none"))

    assert found.packages_in("/app") == (linked.key,)
    assert found.packages_in("/x.jar") == (inner.key,)


def test_what_was_not_read() -> None:
    """Where a layer is missing, nobody may say that a file is not in the image."""
    unread = Unknown(stage=Stage.LAYER, unit="u", location="l", reason="r", weight=Weight.BLOCKING)
    other = Unknown(stage=Stage.EXTRACT, unit="u", location="l", reason="r")
    seen = inspected(make.file("a", b"1"))
    assert not kept(seen, unknowns=(unread,)).complete
    assert kept(seen, unknowns=(other,)).complete


def test_names_that_are_no_text() -> None:
    """They read as the kernel's events tell them."""
    assert as_observed("a/\uf7e9") == "/a/\ufffd"
    assert as_observed("caf\u00e9") == "/caf\u00e9"


def test_a_run() -> None:
    """The files of each image are packed for the store."""
    keeper = FileKeeper()
    keeper.take("sha256:m", inspected(make.file("a", b"1")), (), {})
    assert unpack(keeper.packed["sha256:m"]).has("/a")
