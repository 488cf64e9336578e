"""
Read endoflife.date: when each release of a distribution, language or server stops being supported.

The site has one small file per product and ``all.json`` with every name. Read are the products
that images are made of: distributions, language runtimes, frameworks, databases, servers, and the
tools around containers. Where the site says "has ended" without a date, the last day known to be
before the end stands for it.

Source: https://endoflife.date/docs/api
"""

from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import SMALL_BYTES, Part, several, small
from pratique.advisories.interface import Batch, EndOfLife, FeedDamaged, Job
from pratique.formats.feeds.endoflife import cycles, products
from pratique.formats.packed import read_all
from pratique.model.errors import FormatError

NAME = "endoflife"
TITLE = "endoflife.date"
FOLDER = "endoflife.date"
URL = "https://endoflife.date"
LICENCE = "MIT"
ATTRIBUTION = "endoflife.date contributors"
PROVEN = False
SHARDS = ("end-of-life",)
PRECEDENCE = 30

PRODUCTS = frozenset(
    [
        "almalinux",
        "alpine-linux",
        "amazon-corretto",
        "amazon-linux",
        "angular",
        "apache-http-server",
        "bun",
        "centos",
        "centos-stream",
        "containerd",
        "debian",
        "deno",
        "django",
        "docker-engine",
        "dotnet",
        "eclipse-temurin",
        "elixir",
        "erlang",
        "etcd",
        "fedora",
        "go",
        "haproxy",
        "istio",
        "kubernetes",
        "laravel",
        "linux",
        "log4j",
        "mariadb",
        "memcached",
        "mongodb",
        "mysql",
        "nginx",
        "nodejs",
        "openjdk-builds-from-oracle",
        "openssl",
        "opensuse",
        "oracle-jdk",
        "oracle-linux",
        "perl",
        "photon",
        "php",
        "podman",
        "postgresql",
        "python",
        "rabbitmq",
        "rails",
        "react",
        "redhat-build-of-openjdk",
        "redis",
        "rhel",
        "rocky-linux",
        "ruby",
        "rust",
        "sles",
        "spring-boot",
        "spring-framework",
        "tomcat",
        "traefik",
        "ubuntu",
        "valkey",
        "vue",
    ]
)
"""What images are made of, by the site's names."""

_ALL = "api/all.json"


def fetch(job: Job) -> Batch:
    """
    Return the cycles of every product above that the site has, or nothing when none changed.

    Raises:
        FeedNotFound: the site's list of products is not there.
        FeedError: unreachable, refused or damaged.
    """
    try:
        offered = products(small(job, _ALL))
    except FormatError as error:
        raise FeedDamaged(f"{_ALL}: {error}") from None
    wanted = sorted(PRODUCTS.intersection(offered))
    return several(job, (Part((f"api/{name}.json",), partial(_rows, name)) for name in wanted))


def _rows(product: str, body: IO[bytes]) -> Iterator[EndOfLife]:
    for said in cycles(read_all(body, SMALL_BYTES)):
        yield EndOfLife(
            product=product,
            cycle=said.cycle,
            eol=said.eol,
            extended=said.extended,
            latest=said.latest,
        )
