"""Images of a real registry are read: without auth, with basic auth, over TLS of an own authority."""

import base64
import json
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from pratique.model.image import Platform
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.sources.interface import (
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)
from pratique.sources.target import open_target
from tests.e2e.engines import docker_registry
from tests.makers.image import ImageMaker, archive, named

pytestmark = pytest.mark.e2e

LOGIN = "me:s3cret"


def made_archive(folder):
    """Return an OCI archive of a two-platform image with attestations, and its maker and index."""
    maker = ImageMaker()
    index = maker.per_platform("linux/amd64", "linux/arm64")
    return archive(folder / "image.tar", maker.files(named(index, "app:1"))), index


def push(skopeo, source, host, *flags):
    command = [skopeo, "copy", "-q", "--all", *flags, f"oci-archive:{source}:app:1"]
    subprocess.run([*command, f"docker://{host}/team/app:1"], check=True, capture_output=True)


@contextmanager
def filled(need, folder, more="", flags=("--dest-tls-verify=false",)):
    source, index = made_archive(folder)
    with docker_registry(need("docker-registry"), folder / "registry", more) as host:
        push(need("skopeo"), source, host, *flags)
        yield host, index


def login(path: Path, host: str, text: str) -> Path:
    auth = base64.b64encode(text.encode()).decode()
    path.write_text(json.dumps({"auths": {host: {"auth": auth}}}))
    return path


def layers_of(opened):
    """Read every layer through phase 1, which verifies digests and sizes; return entry paths."""
    settings = InspectSettings(in_process=True)
    found = []
    for image in opened.images:
        inspected = inspect_image(
            image, opened.blobs, patterns=(), units_version="x", settings=settings
        )
        assert inspected.unknowns == ()
        found.append([entry.path for facts in inspected.facts for entry in facts.entries])
    opened.close()
    return found


def test_anonymous(need, tmp_path):
    """Tags, digests and platforms of an open registry; plain HTTP on loopback needs no asking."""
    with filled(need, tmp_path) as (host, index):
        opened = open_target(f"{host}/team/app:1", Options(platform=Platform("linux", "arm64")))
        image = opened.images[0]
        assert image.index_digest == index["digest"]
        assert str(image.config.platform) == "linux/arm64"
        assert layers_of(opened) == [["arch"]]

        assert layers_of(open_target(f"{host}/team/app@{image.digest}", Options())) == [["arch"]]
        every = open_target(
            f"localhost:{host.partition(':')[2]}/team/app:1", Options(all_platforms=True)
        )
        assert len(every.skipped) == 2
        assert layers_of(every) == [["arch"], ["arch"]]


def test_what_is_not_there(need, tmp_path):
    """Missing tags, repositories and digests, and a registry that is gone, are told apart."""
    with filled(need, tmp_path) as (host, _):
        for name in (
            f"{host}/team/app:2",
            f"{host}/team/none:1",
            f"{host}/team/app@sha256:{'0' * 64}",
        ):
            with pytest.raises(TargetNotFound):
                open_target(name, Options())
    with pytest.raises(TargetUnreachable):
        open_target(f"{host}/team/app:1", Options(retries=0))


def test_docker_v2_schema_2(need, tmp_path):
    """Images pushed in Docker's own format are read as well."""
    maker = ImageMaker()
    source = archive(tmp_path / "x.tar", maker.files(named(maker.image({"a": b"1"}), "app:1")))
    with docker_registry(need("docker-registry"), tmp_path / "registry") as host:
        push(need("skopeo"), source, host, "--dest-tls-verify=false", "--format=v2s2")

        opened = open_target(f"{host}/team/app:1", Options())
        assert "docker" in opened.images[0].layers[0].blob.media_type
        assert layers_of(opened) == [["a"]]


def test_basic_auth(need, tmp_path):
    """Htpasswd logins are taken from the login file; wrong and missing ones are refused."""
    user, _, password = LOGIN.partition(":")
    listed = subprocess.run(
        [need("htpasswd"), "-Bbn", user, password], check=True, capture_output=True
    )
    (tmp_path / "htpasswd").write_bytes(listed.stdout)
    more = f"auth: {{htpasswd: {{realm: x, path: {tmp_path}/htpasswd}}}}"
    flags = ("--dest-tls-verify=false", f"--dest-creds={LOGIN}")
    with filled(need, tmp_path, more, flags) as (host, _):
        right = login(tmp_path / "right.json", host, LOGIN)
        wrong = login(tmp_path / "wrong.json", host, "me:other")

        opened = open_target(f"{host}/team/app:1", Options(registry_config=right))
        assert layers_of(opened) == [["arch"]]
        for options in (Options(registry_config=wrong), Options()):
            with pytest.raises(TargetRefused):
                open_target(f"{host}/team/app:1", options)


def certificate(openssl, folder):
    """Make a key and a self-signed certificate for 127.0.0.1; return their paths."""
    key, pem = folder / "key.pem", folder / "ca.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=x", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(pem)),
        ],
        check=True,
        capture_output=True,
    )
    return key, pem


def test_tls(need, tmp_path):
    """A registry of an own authority is trusted when that is named, by option, variable or certs.d."""
    key, pem = certificate(need("openssl"), tmp_path)
    more = f"  tls: {{certificate: {pem}, key: {key}}}"
    with filled(need, tmp_path, more) as (host, _):
        place = tmp_path / ".config/containers/certs.d" / host
        place.mkdir(parents=True)
        (place / "ca.crt").write_bytes(pem.read_bytes())
        trusting = (
            Options(ca_file=pem),
            Options(environ={"SSL_CERT_FILE": str(pem)}),
            Options(environ={"HOME": str(tmp_path)}),
        )

        for options in trusting:
            assert layers_of(open_target(f"{host}/team/app:1", options)) == [["arch"]]
        with pytest.raises(TargetUnreachable, match="not trusted") as caught:
            open_target(f"{host}/team/app:1", Options())
        assert "--ca-file" in caught.value.hint()


def test_a_real_image(need, shared, tmp_path):
    """A real image has the same digest and entries from a registry as from its archive."""
    source = shared / "images/alpine-3.20-multiarch.oci.tar"
    local = open_target(str(source), Options(all_platforms=True))
    with docker_registry(need("docker-registry"), tmp_path / "registry") as host:
        command = [need("skopeo"), "copy", "-q", "--all", "--dest-tls-verify=false"]
        subprocess.run(
            [*command, f"oci-archive:{source}", f"docker://{host}/alpine:3.20"],
            check=True,
            capture_output=True,
        )
        remote = open_target(f"{host}/alpine:3.20", Options(all_platforms=True))

        assert [image.digest for image in remote.images] == [image.digest for image in local.images]
        assert layers_of(remote) == layers_of(local)
