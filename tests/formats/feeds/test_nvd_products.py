"""Read CPE configurations as ranges of the products that are asked for."""

from io import BytesIO

import pytest
from hypothesis import given

from pratique.formats.feeds.nvd_products import product_advisories
from pratique.formats.versions.order import key_for
from pratique.model.advisory import Affected, Range
from tests.makers.cve_samples import nvd, nvd_cve
from tests.makers.feed_samples import Json
from tests.makers.mutations import mutated, only_format_errors

NGINX = "cpe:2.3:a:f5:nginx:{}:*:*:*:*:{}:*:*"


def matched(version: str = "*", target: str = "*", **bounds: str) -> Json:
    return {"vulnerable": True, "criteria": NGINX.format(version, target), **bounds}


def configured(*matches: Json, operator: str = "OR", **node: object) -> Json:
    nodes = [{"operator": "OR", "negate": False, "cpeMatch": list(matches), **node}]
    return {"operator": operator, "nodes": nodes}


def read(*configurations: Json, products: tuple[str, ...] = ("f5:nginx",)) -> list[Affected]:
    item = nvd_cve("CVE-2020-1001", configurations=list(configurations))
    ((advisory, _),) = product_advisories(BytesIO(nvd(item)), "nvd", products)
    return list(advisory.affected)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, Range()),
        ({"versionEndExcluding": "1.20"}, Range(fixed="1.20")),
        ({"versionEndIncluding": "1.20"}, Range(last_affected="1.20")),
        (
            {"versionStartIncluding": "1.1", "versionEndExcluding": "1.20"},
            Range(introduced="1.1", fixed="1.20"),
        ),
        (
            {"versionStartExcluding": "1.1", "versionEndIncluding": "1.20"},
            Range(introduced="1.1-a", last_affected="1.20"),
        ),
    ],
)
def test_bounds_are_ranges(bounds: dict[str, str], expected: Range) -> None:
    """Included and excluded ends keep their sense."""
    (said,) = read(configured(matched(**bounds)))
    assert (said.ecosystem, said.name, said.ranges) == ("NVD", "f5:nginx", (expected,))


def test_an_excluded_start_is_outside_and_all_after_it_inside() -> None:
    """Exactly the named version is left out, not its patch releases nor its letters."""
    (said,) = read(configured(matched(versionStartExcluding="1.1.1")))
    key = key_for("NVD")
    start = key(said.ranges[0].introduced)
    assert key("1.1.1") < start
    assert all(key(later) >= start for later in ("1.1.1a", "1.1.1b", "1.1.1.0", "1.1.2", "1.1.1p1"))


def test_exact_versions_and_updates() -> None:
    """A version in the name is that version; its update is a part of it; "-" names none."""
    beta = {"vulnerable": True, "criteria": "cpe:2.3:a:f5:nginx:1.3:beta1:*:*:*:*:*:*"}
    (said,) = read(configured(matched("1.2"), matched("1.2"), beta, matched("-")))
    assert (said.versions, said.ranges) == (("1.2", "1.3-beta1"), ())


def test_what_does_not_count() -> None:
    """Platforms, negated nodes, other products and other systems say nothing of the program."""
    platform = {**matched(), "vulnerable": False}
    other = {**matched(), "criteria": "cpe:2.3:a:x:y:*:*:*:*:*:*:*:*"}
    broken = {**matched(), "criteria": "nginx"}
    said = read(
        configured(platform, other, broken, matched(target="windows")),
        configured(matched(), negate=True),
    )
    assert said == []


def test_conditions_are_said() -> None:
    """A match that counts only together with others keeps that in its note."""
    (said,) = read(configured(matched(), operator="AND"))
    assert "conditions" in said.note
    assert read(configured(matched()))[0].note == ""


def test_a_rejected_record_says_nothing() -> None:
    """What was taken back affects nobody, and is still named so that a delta can drop it."""
    item = nvd_cve("CVE-2020-1001", configurations=[configured(matched())], vulnStatus="Rejected")
    ((advisory, modified),) = product_advisories(BytesIO(nvd(item)), "nvd", ("f5:nginx",))
    assert (advisory.id, advisory.affected, modified[:4]) == ("CVE-2020-1001", (), "2026")


SAMPLE = nvd(nvd_cve("CVE-2020-1001", configurations=[configured(matched("1.2"), matched())]))


@given(mutated(SAMPLE))
def test_damage_is_a_format_error(content: bytes) -> None:
    """Mutated feeds are read or refused."""
    only_format_errors(
        lambda raw: list(product_advisories(BytesIO(raw), "nvd", ("f5:nginx",))), content
    )
