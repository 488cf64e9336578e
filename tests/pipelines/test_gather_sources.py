"""Sources are laid out as they stand in the merged tree, under names that can do no harm."""

import pytest
from msgspec.structs import replace

from pratique.assessors.placing import Owner
from pratique.kit.limits import DEFAULT
from pratique.kit.selector import Selector
from pratique.model.package import OwnedFile, Package, PackageType, Purl
from pratique.model.report import Subject, SubjectKind
from pratique.model.units import Patterns
from pratique.pipelines import gather_sources as gathering
from pratique.pipelines.gather_sources import Wanted, gather_sources
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.material import Material
from tests.makers import layer as make

PYTHON = Wanted(selector=Selector([Patterns(suffixes=(".py",), max_bytes=100)]))
TOOL = Package(type=PackageType.DEB, name="tool", version="1", purl=Purl("pkg:deb/debian/tool@1"))


def of_image(*tars, owned=()):
    blobs = make.FakeBlobs()
    image = make.image(blobs, *tars)
    here = InspectSettings(in_process=True)
    seen = inspect_image(image, blobs, patterns=(), units_version="1", settings=here)
    subject = Subject(
        kind=SubjectKind.IMAGE,
        target="x",
        image=image,
        packages=(TOOL,),
        owned={TOOL.key: tuple(OwnedFile(path) for path in owned)},
    )
    return Material(subject=subject, tree=seen.tree, limits=DEFAULT, image=image, blobs=blobs)


def laid_out(sources):
    return {path: (sources.folder / name).read_bytes() for name, path in sources.paths.items()}


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "laid"
    folder.mkdir()
    return folder


def test_files_of_the_merged_tree(place):
    """Deleted ones are gone, replaced ones are the later, each with its layer."""
    lower = make.tar(
        make.file("app/a.py", b"old"), make.file("app/gone.py", b"x"), make.file("app/b.txt", b"t")
    )
    upper = make.tar(make.whiteout("app/gone.py"), make.file("app/a.py", b"new"))
    sources = gather_sources(of_image(lower, upper), PYTHON, place)
    assert laid_out(sources) == {"app/a.py": b"new"}
    assert sources.owners["app/a.py"].layer.index == 1
    assert sources.problems == ()


def test_what_packages_brought_is_left_unless_wanted(place, tmp_path):
    """A file that a package owns, and code in folders of bought-in code; counted, and named when wanted."""
    tar = make.tar(
        make.file("opt/tool/t.py", b"t"),
        make.file("usr/lib/x/y.py", b"y"),
        make.file("srv/site-packages/z.py", b"z"),
        make.file("srv/own.py", b"o"),
    )
    material = of_image(tar, owned=("opt/tool/t.py",))
    sources = gather_sources(material, PYTHON, place)
    assert (set(laid_out(sources)), sources.left) == ({"srv/own.py"}, 3)
    other = tmp_path / "all"
    other.mkdir()
    every = gather_sources(material, replace(PYTHON, bought_in=True), other)
    assert len(every.paths) == 4
    assert every.owners["opt/tool/t.py"] == Owner(
        layer=every.owners["srv/own.py"].layer, package=TOOL
    )


def test_names_can_do_no_harm(place):
    """A name that could be an option, a path or a trick gets another; the finding keeps the true one."""
    names = ["-rf.py", "a b.py", "x;y/z.py", "q\nr.py", "d/-o.py", "caf\u00e9.py", "ok/.hid.py"]
    sources = gather_sources(
        of_image(make.tar(*(make.file(name, name.encode()) for name in names))), PYTHON, place
    )
    assert laid_out(sources) == {name: name.encode() for name in names}
    plain = {name for name, path in sources.paths.items() if name == path}
    assert plain == {"ok/.hid.py"}
    assert all(name.startswith("unusual-names/") for name in set(sources.paths) - plain)
    assert all(name.endswith(".py") for name in sources.paths)


def test_bounds_are_told(place, monkeypatch):
    """A file that is too large, and more files than fit."""
    tar = make.tar(make.file("big.py", b"x" * 101), *(make.file(f"{n}.py", b"x") for n in range(5)))
    monkeypatch.setattr(gathering, "MOST_FILES", 3)
    sources = gather_sources(of_image(tar), PYTHON, place)
    assert len(sources.paths) == 3
    assert sources.problems[0] == "big.py: larger than 100 bytes"
    assert "3.py and further ones were left" in sources.problems[1]
    assert len(sources.problems) == 2


def test_a_folder_is_read_without_following_links(place, tmp_path):
    """A file that became a link since it was listed is told, not followed."""
    root = tmp_path / "root"
    (root / "src").mkdir(parents=True)
    for name in ("a.py", "b.py"):
        (root / "src" / name).write_text(name)
    (root / "link.py").symlink_to("/etc/hostname")
    seen = inspect_folder(root, (), DEFAULT)
    (root / "src" / "b.py").unlink()
    (root / "src" / "b.py").symlink_to("/etc/hostname")
    subject = Subject(kind=SubjectKind.DIRECTORY, target="dir:root")
    material = Material(subject=subject, tree=seen.tree, limits=DEFAULT, folder=root)
    sources = gather_sources(material, PYTHON, place)
    assert laid_out(sources) == {"src/a.py": b"a.py"}
    assert [one.partition(":")[0] for one in sources.problems] == ["src/b.py"]


def test_languages_that_nobody_reads_are_counted(place):
    """What packages brought and bought-in code is none of the application's."""
    tar = make.tar(
        make.file("srv/main.rs", b"fn"),
        make.file("srv/lib.rs", b"fn"),
        make.file("srv/run.pl", b"p"),
        make.file("srv/empty.kt", b""),
        make.file("opt/tool/t.rs", b"fn"),
        make.file("usr/share/perl/x.pm", b"p"),
        make.file("srv/a.py", b"a"),
    )
    sources = gather_sources(of_image(tar, owned=("opt/tool/t.rs",)), PYTHON, place)
    assert (sources.unread, sources.left) == ({"Perl": 1, "Rust": 2}, 0)
