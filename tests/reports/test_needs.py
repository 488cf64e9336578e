from msgspec.structs import replace

from pratique.model.package import PackageType
from pratique.reports._needs import dependencies, is_manifested, manifests, owners
from pratique.reports._subjects import Place, places
from tests.makers import report as made


def placed(*packages) -> Place:
    (place,) = places(made.report(made.subject(packages=packages, findings=())))
    return place


def test_needs_stay_in_their_architecture():
    """A package needs the one of its own architecture where a name is there twice."""
    libc, curl = made.PACKAGES[2], made.PACKAGES[1]
    foreign = replace(libc, arch="i386", purl=libc.purl.replace("amd64", "i386"))
    assert dependencies(placed(curl, libc, foreign))[curl.key] == (libc.key,)


def test_a_package_does_not_need_itself():
    """What a package provides itself is no dependency."""
    selfish = replace(made.PACKAGES[1], depends=("curl", "absent"))
    assert dependencies(placed(selfish)) == {selfish.key: ()}


def npm(name: str, version: str, location: str, *depends: str):
    return made.language(PackageType.NPM, name, version, location, depends=depends)


def test_a_version_chooses():
    """``name@version`` means that version, also of a name that begins with an at sign."""
    lock = "a/package-lock.json"
    old, new = npm("@x/y", "1.0.0", lock), npm("@x/y", "2.0.0", lock)
    pinned, open_, gone = (
        npm(name, "1", lock, need)
        for name, need in (("p", "@x/y@1.0.0"), ("o", "@x/y"), ("g", "@x/y@3.0.0"))
    )
    needs = dependencies(placed(old, new, pinned, open_, gone))
    assert needs[pinned.key] == (old.key,)
    assert needs[open_.key] == (old.key, new.key)
    assert needs[gone.key] == ()


def test_the_same_file_then_the_nearest_is_meant():
    """Of packages of one name those of the same lockfile are meant, else the nearest ones."""
    here, there = npm("dep", "1", "a/package-lock.json"), npm("dep", "2", "b/package-lock.json")
    first = npm("one", "1", "a/package-lock.json", "dep")
    assert dependencies(placed(here, there, first))[first.key] == (here.key,)
    site = "opt/{}/site-packages/{}/METADATA"
    one, other = (
        made.language(PackageType.PYPI, "Zope.Dep", "1", site.format(venv, "d")) for venv in "xy"
    )
    app = made.language(PackageType.PYPI, "app", "1", site.format("y", "a"), depends=("zope_dep",))
    assert dependencies(placed(one, other, app))[app.key] == (other.key,)


def test_types_do_not_mix():
    """A Python package does not need an OS package of the same name."""
    python = made.language(PackageType.PYPI, "app", "1", "x", depends=("curl",))
    assert dependencies(placed(made.PACKAGES[1], python))[python.key] == ()


def test_many_of_one_name_mean_none():
    """Hundreds of equally near packages do not multiply into edges."""
    many = [npm("dep", "1", f"p{n}/package.json") for n in range(100)]
    assert dependencies(placed(*many, npm("one", "1", "x", "dep")))["pkg:npm/one@1#x"] == ()


def test_lockfiles_and_owners():
    """What only a lockfile names hangs on it; a part of an OS package on that package."""
    place = placed(*made.LANGUAGES)
    assert manifests(place) == ("srv/web/package-lock.json",)
    assert sum(is_manifested(package) for package in made.LANGUAGES) == 3
    (pair,) = owners(place)
    assert pair == (made.LANGUAGES[0].key, made.LANGUAGES[9].key)
    stray = replace(made.LANGUAGES[9], owner="pkg:deb/none@1")
    assert owners(placed(stray)) == []
