"""Make what a whole plan needs: an image built by a Dockerfile, its flaws, and a newer base."""

from pathlib import Path

from tests.makers.feeds import osv_record, write_osv
from tests.makers.image import ImageMaker, named, write
from tests.makers.os_packages import dpkg_stanza
from tests.makers.scanned import GRADED, OS_RELEASE

DOCKERFILE = b"""# A small service
FROM debian:12
RUN apt-get update && apt-get install -y harbour
COPY requirements.txt /srv/requirements.txt
CMD ["harbour"]
"""
REQUIREMENTS = b"# what it needs\nrequests==2.30.0\nflask==3.0.0\n"
STEPS = (
    "/bin/sh -c #(nop) ADD file:" + "0" * 64 + " in / ",
    "RUN /bin/sh -c apt-get update && apt-get install -y harbour # buildkit",
    "COPY requirements.txt /srv/requirements.txt # buildkit",
)


def status(**versions: str) -> bytes:
    """Return dpkg's status file."""
    return b"".join(dpkg_stanza(name, version) for name, version in versions.items())


def image(folder: Path) -> str:
    """Write the image and return its target."""
    layers = (
        {"etc/os-release": OS_RELEASE, "var/lib/dpkg/status": status(apt="2.6.1", zlib="1.0-1")},
        {"var/lib/dpkg/status": status(apt="2.6.1", zlib="1.0-1", harbour="1.0-1")},
        {"srv/requirements.txt": REQUIREMENTS},
    )
    return _written(folder, layers, STEPS)


def newer_base(folder: Path, zlib: str = "1.0-2") -> str:
    """Write another base image and return its target."""
    layer = {"etc/os-release": OS_RELEASE, "var/lib/dpkg/status": status(apt="2.6.1", zlib=zlib)}
    return _written(folder, (layer,), ("ADD newer",))


def feeds(folder: Path) -> Path:
    """Write the advisories: of each package one that is fixed, of harbour one that is not."""
    debian = [
        _flaw("1001", "harbour", "1.1-1"),
        _flaw("1002", "harbour", ""),
        _flaw("1003", "zlib", "1.0-2"),
    ]
    write_osv(folder, "Debian", debian)
    pypi = [
        osv_record(
            "PYSEC-2099-1004", "PyPI", "requests", fixed="2.31.0", severity=GRADED,
            aliases=["CVE-2099-1004"],
        ),
        osv_record("PYSEC-2099-1005", "PyPI", "flask", fixed="4.0.0", aliases=["CVE-2099-1005"]),
    ]  # fmt: skip
    write_osv(folder, "PyPI", pypi)
    return folder


def context(folder: Path) -> Path:
    """Write the files that the image is built from and return the Dockerfile."""
    write(folder, {"Dockerfile": DOCKERFILE, "requirements.txt": REQUIREMENTS})
    return folder / "Dockerfile"


def _flaw(number: str, package: str, fixed: str) -> dict[str, object]:
    more = {"severity": GRADED, "upstream": [f"CVE-2099-{number}"]}
    return osv_record(f"DEBIAN-CVE-2099-{number}", package=package, fixed=fixed, **more)


def _written(folder: Path, layers: tuple[dict[str, bytes], ...], steps: tuple[str, ...]) -> str:
    maker = ImageMaker()
    made = maker.image(*layers, config={"history": [{"created_by": step} for step in steps]})
    write(folder, maker.files(named(made, "app")))
    return f"oci:{folder}:app"
