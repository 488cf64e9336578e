from msgspec.structs import replace
from packageurl import PackageURL

from pratique.reports._subjects import image_purl, places
from tests.makers import report as made


def test_an_image_is_named_by_its_manifest():
    """The purl holds repository, tag, architecture and the manifest's digest."""
    image = made.image("alpine:3.20")
    purl = PackageURL.from_string(image_purl(image))
    assert (purl.type, purl.name, purl.version) == ("oci", "alpine", image.digest)
    assert purl.qualifiers == {
        "arch": "amd64",
        "repository_url": "docker.io/library/alpine",
        "tag": "3.20",
    }


def test_a_config_digest_is_no_manifest_digest():
    """An image known by its config only, or without a name, has no purl: a registry knows neither."""
    image = made.image()
    assert image_purl(replace(image, digest=image.config_digest)) == ""
    assert image_purl(replace(image, name="")) == ""
    assert image_purl(replace(image, name="No Such Name")) == ""


def test_references_are_unique_over_subjects():
    """The same package in two platforms has two references."""
    found = places(made.every_kind()["platforms"])
    refs = [ref for place in found for ref, _ in place.packages]
    assert len(set(refs)) == len(refs) == 2 * len(made.PACKAGES)


def test_packages_of_one_key_are_told_apart():
    """Even two rows that a hostile database makes equal get a reference each."""
    twice = made.subject(packages=made.PACKAGES[:1] * 3, findings=())
    (place,) = places(made.report(twice))
    assert len({ref for ref, _ in place.packages}) == 3
