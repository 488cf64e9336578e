"""An image of a registry is what its digest says, whoever serves it and whatever goes wrong."""

import pytest

from pratique.kit.http import Backoff
from pratique.model.image import Platform
from pratique.sources.interface import (
    ForeignLayer,
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)
from pratique.sources.registry import open_target
from tests.makers.image import OCI_INDEX, OCI_MANIFEST, ImageMaker, as_json
from tests.makers.registry import FakeRegistry
from tests.sources.test_credentials import login_file


@pytest.fixture
def maker():
    return ImageMaker()


@pytest.fixture
def server(maker):
    with FakeRegistry().running() as registry:
        registry.blobs = maker.blobs
        yield registry


def serve(server, made, tag="1"):
    server.tags[tag] = made["digest"]
    server.types[made["digest"]] = made["mediaType"]
    return f"{server.host}/team/app:{tag}"


def contents(opened):
    found = []
    for layer in opened.images[0].layers:
        with opened.blobs.open(layer.blob) as stream:
            found.append(stream.read())
    opened.close()
    return found


def test_an_image(maker, server):
    """HEAD resolves the tag, everything else is asked for by digest."""
    made = maker.image({"a": b"1"}, {"b": b"2"})
    opened = open_target(serve(server, made), Options())
    image = opened.images[0]

    assert (image.digest, image.name) == (made["digest"], f"{server.host}/team/app:1")
    assert not opened.blobs.local
    assert contents(opened) == [maker.blobs[layer.blob.digest] for layer in image.layers]
    asked = [f"{method} {path}" for method, path, _ in server.requests]
    assert asked[:2] == [
        "HEAD /v2/team/app/manifests/1",
        f"GET /v2/team/app/manifests/{made['digest']}",
    ]
    assert OCI_INDEX in server.requests[0][2]["accept"]


def test_by_digest(maker, server):
    """A digest needs no HEAD and wins over a tag."""
    made = maker.image({"a": b"1"})
    serve(server, maker.image({"a": b"2"}))

    opened = open_target(f"{server.host}/team/app:1@{made['digest']}", Options())
    opened.close()
    assert opened.images[0].digest == made["digest"]
    assert not server.asked("HEAD")


def test_platforms(maker, server):
    """Only the wanted manifest of an index is fetched; all of them on demand."""
    target = serve(server, maker.per_platform("linux/amd64", "linux/arm64/v8", "linux/arm/v7"))

    one = open_target(target, Options(platform=Platform("linux", "arm64")))
    assert len(server.asked("GET /v2/team/app/manifests")) == 2
    every = open_target(target, Options(all_platforms=True))

    assert [str(i.config.platform) for i in one.images] == ["linux/arm64/v8"]
    assert len(every.images) == 3
    assert len(every.skipped) == 3
    one.close()
    every.close()


@pytest.mark.parametrize("fault", [{"head": False}, {"says_digest": False}])
def test_registries_without_head(maker, server, fault):
    """Where HEAD is missing or says no digest, the content names itself."""
    made = maker.image({"a": b"1"})
    target = serve(server, made)
    for name, value in fault.items():
        setattr(server, name, value)

    opened = open_target(target, Options())
    opened.close()
    assert opened.images[0].digest == made["digest"]


def test_wrong_digests(maker, server):
    """A manifest or config that is not its digest is refused."""
    made = maker.image({"a": b"1"})
    target = serve(server, made)
    content = maker.blobs[made["digest"]]

    server.lies[made["digest"]] = content + b" "
    with pytest.raises(InvalidImage, match="does not match its digest"):
        open_target(target, Options())
    server.lies = {
        digest: blob.replace(b"linux", b"linuz")
        for digest, blob in maker.blobs.items()
        if b"rootfs" in blob
    }
    with pytest.raises(InvalidImage, match="does not match its digest"):
        open_target(target, Options())


def test_schema_1(maker, server):
    """A schema 1 manifest gets a clear error."""
    old = maker.add(
        as_json({"schemaVersion": 1, "fsLayers": []}),
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
    )

    with pytest.raises(InvalidImage, match="schema 1") as caught:
        open_target(serve(server, old), Options())
    assert "push the image again" in caught.value.hint()


def test_artifacts(maker, server):
    """An artifact is not scanned as an image."""
    chart = {
        "schemaVersion": 2,
        "config": maker.add(b"{}", "application/vnd.cncf.helm.config.v1+json"),
        "layers": [],
    }

    with pytest.raises(InvalidImage, match=r"no container image in it; .*helm"):
        open_target(serve(server, maker.add(as_json(chart), OCI_MANIFEST)), Options())


@pytest.mark.parametrize("auth", ["basic", "bearer"])
def test_logins(maker, server, tmp_path, auth):
    """A stored login opens the repository; a wrong or missing one is refused with a hint."""
    target = serve(server, maker.image({"a": b"1"}))
    server.auth = auth
    right = login_file(tmp_path / "right.json", **{server.host: "me:secret"})
    wrong = login_file(tmp_path / "wrong.json", **{server.host: "me:other"})

    assert len(contents(open_target(target, Options(registry_config=right)))) == 1
    for options in (Options(registry_config=wrong), Options()):
        with pytest.raises(TargetRefused) as caught:
            open_target(target, options)
        assert "secret" not in f"{caught.value}{caught.value.hint()}"


def test_tokens_wear_out(maker, server, tmp_path):
    """A token that is no longer taken is fetched anew, also between layers."""
    target = serve(server, maker.image({"a": b"1"}, {"b": b"2"}))
    server.auth, server.token_uses = "bearer", 2
    login = login_file(tmp_path / "auth.json", **{server.host: "me:secret"})

    assert len(contents(open_target(target, Options(registry_config=login)))) == 2
    assert len(server.asked("/token")) == 3


def test_blobs_elsewhere_get_no_credentials(maker, server, tmp_path):
    """A registry that keeps blobs on another host does not pass its login on."""
    target = serve(server, maker.image({"a": b"1"}))
    server.auth = "basic"
    login = login_file(tmp_path / "auth.json", **{server.host: "me:secret"})
    with FakeRegistry().running() as storage:
        storage.blobs = maker.blobs
        server.blob_host = storage.url

        assert len(contents(open_target(target, Options(registry_config=login)))) == 1
        assert len(storage.requests) == 2
        assert all("authorization" not in headers for _, _, headers in storage.requests)


def test_mirrors(maker, server, tmp_path):
    """A mirror is asked first, without the origin's login; what it lacks the origin gives."""
    made = maker.image({"a": b"1"})
    target = serve(server, made)
    server.auth = "basic"
    login = login_file(tmp_path / "auth.json", **{server.host: "me:secret"})
    with FakeRegistry().running() as mirror:
        mirror.blobs, mirror.tags = dict(maker.blobs), {"1": made["digest"]}
        mirrors = (f"{server.host}={mirror.host}/proxy",)
        options = Options(registry_config=login, mirrors=mirrors, retries=0)

        assert len(contents(open_target(target, options))) == 1
        assert server.requests == []
        mirror.auth = "basic"
        assert len(contents(open_target(target, options))) == 1
        assert all("authorization" not in headers for _, _, headers in mirror.requests)
        assert mirror.requests[0][1].startswith("/v2/proxy/team/app/")
    assert len(contents(open_target(target, options))) == 1


def test_a_mirror_that_lies(maker, server):
    """Content of a mirror is verified like any other."""
    made = maker.image({"a": b"1"})
    target = f"{serve(server, made)}@{made['digest']}"
    with FakeRegistry().running() as mirror:
        mirror.blobs = dict(maker.blobs)
        mirror.lies[made["digest"]] = b"{}"

        with pytest.raises(InvalidImage, match="does not match its digest"):
            open_target(target, Options(mirrors=(f"{server.host}={mirror.host}",)))


def test_foreign_layers(maker, server):
    """A foreign layer is taken where the registry has it and never fetched from its URL."""
    layer, diff_id = maker.layer({"a": b""})
    with FakeRegistry().running() as elsewhere:
        config = maker.add(
            as_json({"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": [diff_id]}}),
            "application/vnd.oci.image.config.v1+json",
        )
        foreign = layer | {"urls": [f"{elsewhere.url}/evil"]}
        document = {"schemaVersion": 2, "config": config, "layers": [foreign]}
        target = serve(server, maker.add(as_json(document), OCI_MANIFEST))

        assert len(contents(open_target(target, Options()))) == 1
        del maker.blobs[layer["digest"]]
        opened = open_target(target, Options())
        with pytest.raises(ForeignLayer, match="is kept at"):
            opened.blobs.open(opened.images[0].layers[0].blob)
        opened.close()
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ({"manifests": 404}, TargetNotFound),
        ({"manifests": 403}, TargetRefused),
        ({"manifests": 502}, TargetUnreachable),
    ],
)
def test_refusals(maker, server, errors, kind):
    """What the registry answers says who must act."""
    target = serve(server, maker.image({"a": b"1"}))
    server.errors = errors

    with pytest.raises(kind):
        open_target(target, Options(retries=0))


def test_rate_limits(maker, server):
    """A rate limit is waited out when it is short, and told when it is not."""
    target = serve(server, maker.image({"a": b"1"}))
    server.busy = 3
    open_target(target, Options()).close()

    server.busy, server.retry_after = 1, str(int(Backoff().cap_s) + 1)
    with pytest.raises(TargetRefused, match="429") as caught:
        open_target(target, Options())
    assert "PRATIQUE_REGISTRY_MIRRORS" in caught.value.hint()


def test_plain_http_needs_asking():
    """Away from loopback plain HTTP is used only when it is asked for."""
    with pytest.raises(TargetUnreachable) as caught:
        open_target("registry.invalid/app:1", Options(retries=0))
    assert "no such host" in str(caught.value)
