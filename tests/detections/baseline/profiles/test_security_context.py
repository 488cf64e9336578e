"""The patch is one that Kubernetes takes."""

from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.security_context import refuses, write
from pratique.formats.documents.yaml import parse_yaml
from tests.makers.baselines import WEB_BASELINE


def test_the_patch() -> None:
    one = replace(WEB_BASELINE, workload="shop/web/app")
    found = parse_yaml(write(one).text.encode())
    spec = found["spec"]["template"]["spec"]  # type: ignore[index, call-overload]
    (container,) = spec["containers"]  # type: ignore[index, call-overload]
    assert container["name"] == "app"  # type: ignore[index, call-overload]
    context = container["securityContext"]  # type: ignore[index, call-overload]
    assert context["readOnlyRootFilesystem"] == "true"  # type: ignore[index, call-overload]
    mounted = [one["name"] for one in container["volumeMounts"]]  # type: ignore[index, call-overload]
    assert mounted == [one["name"] for one in spec["volumes"]]  # type: ignore[index, call-overload]
    assert "localhostProfile: shop-web-app.seccomp.json" in write(one).text
    assert refuses(WEB_BASELINE, Fact(Kind.WRITE, "/etc/passwd"))


def test_data_need_a_claim() -> None:
    one = replace(WEB_BASELINE, writes=("/srv/data/x",))
    assert any("claim" in note for note in write(one).notes)
    bare = replace(WEB_BASELINE, writes=("/x",), capabilities=(), syscalls_whole=False)
    assert "readOnlyRootFilesystem: false" in write(bare).text
    assert "volumes" not in write(bare).text
