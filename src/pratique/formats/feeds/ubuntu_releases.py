"""
Turn the release names of Ubuntu's trackers into OSV ecosystem names.

Ubuntu's security team writes code names, with the product in front (``esm-infra/bionic``,
``fips-updates/focal``) or, formerly, behind (``trusty/esm``). OSV writes numbers:
``Ubuntu:22.04:LTS``, ``Ubuntu:Pro:18.04:LTS``, ``Ubuntu:Pro:FIPS-updates:20.04:LTS``.

Source: https://wiki.ubuntu.com/Releases; osv-schema 1.7 "Ubuntu"; the ecosystem names Canonical's
own OSV records use.
"""

from functools import lru_cache

RELEASES = {
    "dapper": "6.06:LTS",
    "edgy": "6.10",
    "feisty": "7.04",
    "gutsy": "7.10",
    "hardy": "8.04:LTS",
    "intrepid": "8.10",
    "jaunty": "9.04",
    "karmic": "9.10",
    "lucid": "10.04:LTS",
    "maverick": "10.10",
    "natty": "11.04",
    "oneiric": "11.10",
    "precise": "12.04:LTS",
    "quantal": "12.10",
    "raring": "13.04",
    "saucy": "13.10",
    "trusty": "14.04:LTS",
    "utopic": "14.10",
    "vivid": "15.04",
    "wily": "15.10",
    "xenial": "16.04:LTS",
    "yakkety": "16.10",
    "zesty": "17.04",
    "artful": "17.10",
    "bionic": "18.04:LTS",
    "cosmic": "18.10",
    "disco": "19.04",
    "eoan": "19.10",
    "focal": "20.04:LTS",
    "groovy": "20.10",
    "hirsute": "21.04",
    "impish": "21.10",
    "jammy": "22.04:LTS",
    "kinetic": "22.10",
    "lunar": "23.04",
    "mantic": "23.10",
    "noble": "24.04:LTS",
    "oracular": "24.10",
    "plucky": "25.04",
    "questing": "25.10",
    "resolute": "26.04:LTS",
}

_PRODUCTS = {
    "": "Ubuntu",
    "esm": "Ubuntu:Pro",
    "esm-infra": "Ubuntu:Pro",
    "esm-infra-legacy": "Ubuntu:Pro",
    "esm-apps": "Ubuntu:Pro",
    "esm-apps-legacy": "Ubuntu:Pro",
    "fips": "Ubuntu:Pro:FIPS",
    "fips-updates": "Ubuntu:Pro:FIPS-updates",
    "fips-preview": "Ubuntu:Pro:FIPS-preview",
    "realtime": "Ubuntu:Pro:Realtime",
    "bluefield": "Ubuntu:Nvidia-BlueField",
}
_NO_RELEASE = frozenset(["upstream", "devel", "snap", "product"])


@lru_cache(maxsize=1024)
def ecosystem_of(release: str) -> str:
    """
    Return the ecosystem of a tracker's release name; empty for what no image installs from.

    A plain code name that is not known here stands for itself, so new releases are not lost.

    >>> ecosystem_of("jammy"), ecosystem_of("esm-infra/bionic"), ecosystem_of("trusty/esm")
    ('Ubuntu:22.04:LTS', 'Ubuntu:Pro:18.04:LTS', 'Ubuntu:Pro:14.04:LTS')
    >>> ecosystem_of("devel"), ecosystem_of("vivid/ubuntu-core"), ecosystem_of("zesty-zebra")
    ('', '', 'Ubuntu:zesty-zebra')
    """
    if release in _NO_RELEASE:
        return ""
    product, slash, codename = release.rpartition("/")
    if slash and product in RELEASES:
        product, codename = codename, product
    if slash and codename not in RELEASES:
        return ""
    prefix = _PRODUCTS.get(product)
    return f"{prefix}:{RELEASES.get(codename, codename)}" if prefix else ""
