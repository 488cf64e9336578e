"""Tools render in a process of their own, and every failure has its reason."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pratique.pipelines import render_manifests
from pratique.pipelines.render_manifests import chart_of, render_chart, render_kustomization


def tool(folder: Path, name: str, script: str) -> None:
    """Write a program that stands in for a tool."""
    place = folder / name
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder of programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat", "sh", "env", "sleep"):
        (folder / name).symlink_to(
            next(p for p in (f"/bin/{name}", f"/usr/bin/{name}") if Path(p).exists())
        )
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_no_tool(path: Path, tmp_path: Path) -> None:
    """It is named."""
    assert render_chart(tmp_path).problem == "helm is not installed"
    assert render_kustomization(tmp_path).problem == "kustomize is not installed"


def test_it_has_no_network_and_no_home(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only loopback, no variable of ours."""
    monkeypatch.setenv("KUBECONFIG", "/secret")
    tool(path, "helm", 'cat /proc/net/dev; env; echo "$@"')
    done = render_chart(tmp_path)
    if "cannot be shut off" in done.problem:
        pytest.skip("no user namespaces here")
    text = done.content.decode()

    assert [
        line.split(":")[0].strip()
        for line in text.splitlines()
        if ":" in line.partition("|")[0] and "lo" in line
    ] == ["lo"]
    assert "KUBECONFIG" not in text
    assert f"template release-name {tmp_path}" in text
    assert "eth" not in text


def test_failure_and_time(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool's last words, and a bound on its time."""
    tool(path, "helm", "echo what went wrong >&2; exit 3")
    done = render_chart(tmp_path)
    if "cannot be shut off" in done.problem:
        pytest.skip("no user namespaces here")
    assert done.problem == "helm failed: what went wrong"

    monkeypatch.setattr(render_manifests, "SECONDS", 1)
    tool(path, "helm", "exec sleep 20")
    assert render_chart(tmp_path).problem == "helm took more than 1 s"


def test_kubectl_builds_where_kustomize_is_not(need: Callable[[str], str], tmp_path: Path) -> None:
    """With the real one."""
    need("kubectl")
    (tmp_path / "a.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    (tmp_path / "kustomization.yaml").write_text("namePrefix: x-\nresources: [a.yaml]\n")
    done = render_kustomization(tmp_path)
    if "cannot be shut off" in done.problem:
        pytest.skip("no user namespaces here")

    assert b"name: x-a" in done.content


def test_templates_of_charts(tmp_path: Path) -> None:
    """Below templates of a folder with Chart.yaml."""
    (tmp_path / "templates/deep").mkdir(parents=True)
    inside = tmp_path / "templates/deep/a.yaml"

    assert chart_of(inside) is None
    (tmp_path / "Chart.yaml").touch()
    assert chart_of(inside) == tmp_path
    assert chart_of(tmp_path / "crds/a.yaml") is None
    assert chart_of(None) is None
