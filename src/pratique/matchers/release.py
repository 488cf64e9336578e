"""
Judge the distribution's release itself: is it past its end of life?

Law: past means that ``now`` is later than the day on which the publisher's regular support ends,
as endoflife.date has it. Extended support (Debian LTS, Ubuntu Pro…) is named, not counted, because
only some packages or some customers have it. An unknown date is no finding.
"""

from datetime import date, datetime

from pratique.formats.distro_ecosystem import release_of
from pratique.matchers._findings import finding_id
from pratique.matchers.interface import Matched
from pratique.model.advisory import AdvisoryLookup, FixState
from pratique.model.distro import Distro
from pratique.model.finding import Evidence, Finding, FindingKind, Fix
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown

RULE = "distro-end-of-life"
RULES = {
    RULE: (
        "The distribution's release is past the day on which its publisher's regular support ends. "
        "Flaws found since then are not mended, and few advisories are published for it, so few "
        "findings are no good sign. Build from a supported release. Extended support (Debian LTS, "
        "Ubuntu Pro…) is named in the evidence and not counted: it covers some packages or some "
        "customers only. The dates are endoflife.date's. The severity is high, or medium where "
        "there is extended support."
    )
}
"""What `pratique explain` says of the rule."""

_EXTENDED = {
    "debian": "Debian LTS",
    "ubuntu": "Ubuntu Pro",
    "rhel": "Red Hat's Extended Life Cycle Support",
    "sles": "SUSE LTSS",
    "oracle-linux": "Oracle's extended support",
}
"""Products whose publisher goes on fixing some things for some users after the end."""


def match_release(distro: Distro | None, lookup: AdvisoryLookup, now: datetime) -> Matched:
    """Return the finding that the release is past its end of life, or nothing."""
    if distro is None:
        return Matched()
    product, cycles = product_of(distro)
    for cycle in cycles:
        end = lookup.end_of_life(product, cycle)
        if end:
            return _judged(distro, (product, cycle), end, now)
    return Matched()


def product_of(distro: Distro) -> tuple[str, tuple[str, ...]]:
    """
    Return endoflife.date's name of the product and the cycles to look for, best first.

    >>> product_of(Distro(id="alpine", version="3.20.3"))
    ('alpine-linux', ('3.20', '3'))
    """
    stream = distro.id == "centos" and "stream" in distro.name.lower()
    product = "centos-stream" if stream else _PRODUCTS.get(distro.id, "")
    version = distro.version
    if distro.id == "debian" and not version:
        found = release_of(distro).ecosystems
        version = found[0].partition(":")[2] if found else ""
    numbers = version.lower().lstrip("v").split(".")
    cycles = (".".join(numbers[:2]), numbers[0]) if product and version else ()
    return product, tuple(dict.fromkeys(cycles))


def _judged(distro: Distro, found: tuple[str, str], end: str, now: datetime) -> Matched:
    product, cycle = found
    where = distro.location or distro.id
    try:
        past = date.fromisoformat(end[:10]) < now.date()
    except ValueError:
        reason = f"the end of life of {product} {cycle} is no date: {end[:40]!r}"
        return Matched(
            unknowns=(Unknown(stage=Stage.MATCH, unit=RULE, location=where, reason=reason),)
        )
    return Matched(findings=(_finding(distro, found, end),)) if past else Matched()


def _finding(distro: Distro, found: tuple[str, str], end: str) -> Finding:
    product, cycle = found
    name = distro.name or f"{distro.id} {distro.version}"
    extended = _EXTENDED.get(product, "")
    note = f"{extended} may still fix some packages" if extended else ""
    url = f"https://endoflife.date/{product}"
    return Finding(
        id=finding_id(FindingKind.END_OF_LIFE, RULE, f"{product} {cycle}"),
        kind=FindingKind.END_OF_LIFE,
        rule=RULE,
        title=f"{name[:100]}: no regular security fixes since {end}",
        description=(
            f"Regular support of {product} {cycle} ended on {end}. Flaws found since then "
            f"{'may stay' if extended else 'stay'} open and may be missing from the advisory data. "
            "Move to a supported release."
        ),
        severity=Severity.MEDIUM if extended else Severity.HIGH,
        severity_source="pratique",
        names=(RULE,),
        package_name=product,
        package_version=distro.version,
        location=distro.location,
        fix=Fix(state=FixState.END_OF_LIFE),
        evidence=(
            Evidence(
                advisory=f"{product} {cycle}",
                feed="endoflife.date",
                publisher="endoflife.date",
                url=url,
                name=product,
                event=f"end of life {end}",
                note=note,
            ),
        ),
        references=(url,),
    )


_PRODUCTS = {
    "almalinux": "almalinux",
    "alpine": "alpine-linux",
    "amzn": "amazon-linux",
    "azurelinux": "azure-linux",
    "centos": "centos",
    "debian": "debian",
    "fedora": "fedora",
    "mariner": "azure-linux",
    "ol": "oracle-linux",
    "opensuse-leap": "opensuse",
    "photon": "photon",
    "rhel": "rhel",
    "rocky": "rocky-linux",
    "sles": "sles",
    "sles_sap": "sles",
    "ubuntu": "ubuntu",
}
