"""
The patch of `pratique fix` is applied, the image built again by buildah, and scanned: what was to be
cleared is gone, and what remains is what was predicted.

Bases are real images; the packages that are flawed are made here and come from a folder, so nothing
is fetched. The Debian base is a trimmed one whose dependencies do not add up (Perl is left out), so
its test takes the dependencies out of dpkg's database first.
"""

import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pratique.cli.main import run
from tests.e2e.engines import podman_environ
from tests.makers.feeds import osv_record, write_osv
from tests.makers.scanned import GRADED, NOW

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

VALUE = hashlib.sha256(b"made for a test").hexdigest()[:24]
SERVICE = f"""\
# A small service
FROM localhost/debian:12
ARG BUILD_TOKEN={VALUE}
COPY repository /repository
RUN echo 'deb [trusted=yes] file:/repository ./' > /etc/apt/sources.list \\
    && apt-get update \\
    && apt-get install -y --no-install-recommends harbour anchor
COPY requirements.txt /srv/requirements.txt
ENV PORT=8080 \\
    DB_PASSWORD={VALUE} \\
    MODE=production
CMD ["sleep", "1"]
"""
MENDED = """\
# A small service
FROM localhost/debian:12
COPY repository /repository
RUN echo 'deb [trusted=yes] file:/repository ./' > /etc/apt/sources.list \\
    && apt-get update \\
    && apt-get install -y --no-install-recommends harbour anchor
RUN apt-get update && apt-get install -y --no-install-recommends --only-upgrade anchor harbour && \
rm -rf /var/lib/apt/lists/*
COPY requirements.txt /srv/requirements.txt
ENV PORT=8080 \\
    MODE=production
USER 65532:65532
CMD ["sleep", "1"]
"""
Signs = set[tuple[str, str, str]]
"""Rule, package and version of findings; where there is no package, the place."""


class Builder:
    """A buildah that keeps everything in a folder of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.environ = podman_environ(folder, "vfs")

    def build(self, context: Path, name: str) -> None:
        # Built at the moment of the scans: a build after it has a time that cannot be.
        options = ["--layers", "--isolation", "chroot", "--pull-never", "--timestamp", NOW]
        self._call("bud", "-q", *options, "-t", name, str(context))

    def pull(self, archive: Path, name: str) -> None:
        image = self._call("pull", "-q", f"oci-archive:{archive}").split()[-1]
        self._call("tag", image, name)

    def target(self, name: str) -> str:
        place = self.folder / (name.replace("/", "-").replace(":", "-") + ".tar")
        self._call("push", "-q", name, f"oci-archive:{place}")
        return f"oci-archive:{place}"

    def _call(self, *arguments: str) -> str:
        command = [self.program, *arguments]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


@pytest.fixture(scope="module")
def builder(need: Callable[[str], str], short_folder: Path) -> Builder:
    return Builder(need("buildah"), short_folder)


@pytest.fixture
def pratique(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Any]:
    """Return what runs a command with made advisories and gives its JSON."""
    for name in ("CACHE", "DATA"):
        monkeypatch.setenv(f"PRATIQUE_{name}_DIR", str(tmp_path / name))
    monkeypatch.setenv("PRATIQUE_DB_SOURCE", str(feeds(tmp_path / "feeds")))
    monkeypatch.setenv("PRATIQUE_SCANNERS", "vuln,secret,config")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)

    def call(*arguments: object) -> Any:
        code = run([*(str(argument) for argument in arguments), "-o", "json"])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out)

    return call


def feeds(folder: Path) -> Path:
    """Write the advisories: fixed ones, one without a fix, one of a base that has no apt."""
    debian = [
        _flaw("1001", "harbour", "1.1-1"),
        _flaw("1002", "anchor", "1.2-1"),
        _flaw("1003", "anchor", ""),
        _flaw("1004", "openssl", "99.0-1"),
    ]
    write_osv(folder, "Debian", debian)
    one = osv_record("PYSEC-2099-1", "PyPI", "requests", fixed="2.31.0", severity=GRADED)
    write_osv(folder, "PyPI", [one])
    return folder


def test_upgrades_clear_what_was_predicted(
    builder: Builder, pratique: Callable[..., Any], shared: Path, need, tmp_path: Path
) -> None:
    """Packages, a pin of Python's, a user and two secrets, in one patch that `git apply` takes."""
    context = tmp_path / "context"
    _write(context, {"Dockerfile": SERVICE, "requirements.txt": "requests==2.30.0\n"})
    maker = need("dpkg-deb")
    publish(maker, context / "repository", {"harbour": "1.0-1", "anchor": "1.0-1"})
    builder.pull(shared / "images/debian-12-slim.oci.tar", "localhost/whole:12")
    mended = "FROM localhost/whole:12\nRUN sed -i -E '/^(Pre-)?Depends:/d' /var/lib/dpkg/status\n"
    _write(tmp_path / "base", {"Dockerfile": mended})
    builder.build(tmp_path / "base", "localhost/debian:12")
    builder.build(context, "localhost/app:1")

    before = builder.target("localhost/app:1")
    patch = tmp_path / "fix.patch"
    plan = pratique("fix", before, "-f", context / "Dockerfile", "-o", f"patch={patch}")
    # The distribution has published the fixes meanwhile.
    publish(maker, context / "repository", {"harbour": "1.1-1", "anchor": "1.2-1"})
    subprocess.run(["git", "apply", str(patch)], cwd=context, check=True)
    builder.build(context, "localhost/app:2")
    after = _signs(_findings(pratique("scan", builder.target("localhost/app:2"))))

    assert (context / "Dockerfile").read_text() == MENDED
    assert (context / "requirements.txt").read_text() == "requests==2.31.0\n"
    cleared = {rule for rule, _, _ in _signs(plan["cleared"])}
    assert cleared >= {"CVE-2099-1001", "CVE-2099-1002", "PYSEC-2099-1", "root-user"}
    assert not {place for _, place, _ in after if "BUILD_TOKEN" in place or "PASSWORD" in place}
    assert VALUE not in json.dumps(plan)
    assert after == _signs(plan["remaining"])
    assert {(rule, name) for rule, name, _ in after} >= {("CVE-2099-1003", "anchor")}


def test_another_base_clears_what_was_predicted(
    builder: Builder, pratique: Callable[..., Any], shared: Path, tmp_path: Path
) -> None:
    """An image without a package manager is mended by its base alone."""
    context = tmp_path / "context"
    service = "FROM localhost/slim:1\nCOPY requirements.txt /srv/requirements.txt\n"
    _write(context, {"Dockerfile": service, "requirements.txt": "flask==3.0.0\n"})
    builder.pull(shared / "images/distroless-cc-debian12.oci.tar", "localhost/slim:1")
    newer = "FROM localhost/slim:1\nCOPY openssl libssl3 /var/lib/dpkg/status.d/\n"
    stanzas = {
        name: f"Package: {name}\nSource: openssl\nVersion: 99.0-1\nArchitecture: amd64\n"
        "Maintainer: Nobody <n@example.invalid>\nDescription: newer\n"
        for name in ("openssl", "libssl3")
    }
    _write(tmp_path / "base", {"Dockerfile": newer, **stanzas})
    builder.build(tmp_path / "base", "localhost/slim:2")
    builder.build(context, "localhost/bare:1")

    base = f"localhost/slim:2={builder.target('localhost/slim:2')}"
    before = builder.target("localhost/bare:1")
    plan = pratique("fix", before, "-f", context / "Dockerfile", "--candidate", base, "--write")
    builder.build(context, "localhost/bare:2")
    after = _signs(_findings(pratique("scan", builder.target("localhost/bare:2"))))

    assert (context / "Dockerfile").read_text() == service.replace("slim:1", "slim:2")
    assert {rule for rule, _, _ in _signs(plan["cleared"])} == {"CVE-2099-1004"}
    # The image is a trimmed one, which is told as a sign of tampering before and after.
    assert after == _signs(plan["remaining"])
    assert not any(rule.startswith("CVE-") for rule, _, _ in after)


def publish(maker: str, folder: Path, versions: Mapping[str, str]) -> None:
    """Make a folder of Debian packages, with the list that apt asks for."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for name, version in versions.items():
        control = (
            f"Package: {name}\nVersion: {version}\nArchitecture: all\n"
            "Maintainer: Nobody <n@example.invalid>\nDescription: made for a test\n"
        )
        tree = folder.parent / "tree" / f"{name}-{version}"
        _write(tree, {"DEBIAN/control": control, f"usr/share/{name}/version": version + "\n"})
        (tree / "DEBIAN").chmod(0o755)
        deb = folder / f"{name}_{version}_all.deb"
        command = [maker, "--root-owner-group", "-b", str(tree), str(deb)]
        subprocess.run(command, check=True, capture_output=True)
        digest = hashlib.sha256(deb.read_bytes()).hexdigest()
        size = deb.stat().st_size
        listed.append(f"{control}Filename: ./{deb.name}\nSize: {size}\nSHA256: {digest}\n")
    (folder / "Packages").write_text("\n".join(listed))


def _flaw(number: str, package: str, fixed: str) -> dict[str, object]:
    more: dict[str, object] = {"severity": GRADED, "upstream": [f"CVE-2099-{number}"]}
    return osv_record(f"DEBIAN-CVE-2099-{number}", package=package, fixed=fixed, **more)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)


def _findings(report: Any) -> list[dict[str, Any]]:
    (subject,) = report["subjects"]
    return [one for one in subject["findings"] if not one["suppressed"]]


def _signs(findings: list[dict[str, Any]]) -> Signs:
    return {
        (
            one["rule"],
            one.get("package_name", one.get("package", "")) or one["location"],
            one.get("package_version", one.get("version", "")),
        )
        for one in findings
    }
