"""
Build the agent's image and try it as the DaemonSet starts it: ``python -m tools.agent``.

The image is built from ``examples/agent/Dockerfile``; the container gets what
``examples/kubernetes/watch-daemonset.yaml`` says: capabilities, user, mounts, a read-only root, limits,
and the seccomp profile beside the Dockerfile. It must watch, name a container that is started then, tell
what that one does, serve its metrics, pass its health check, and end within the pod's grace when it is
asked to. Needs root, podman, a kernel that describes its types, and for the build the registries that the
Dockerfile names; ``--base`` names another Debian with Python, ``--image`` tries one that is built already,
what stands behind ``--`` is handed to ``podman build``. Part of every release.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
AGENT = ROOT / "examples/agent"
MANIFEST = ROOT / "examples/kubernetes/watch-daemonset.yaml"
NODE = "tried-node"
TAG = "localhost/pratique-agent:try"
PATIENCE_S = 60.0
GRACE_S = 30
"""``terminationGracePeriodSeconds`` of a pod that says nothing."""
ATTACK = "cp /bin/true /tmp/dropped && /tmp/dropped; cat /etc/shadow >/dev/null; sleep 2"
TOLD = {"drifted-executable", "shadow-file-read"}
"""The rules that must tell it."""
_METRICS = 9464

Podman = Callable[..., "subprocess.CompletedProcess[str]"]


def main(words: Sequence[str]) -> int:
    """Build and try; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="")
    parser.add_argument("--image", default="")
    parser.add_argument("more", nargs="*")
    asked = parser.parse_args(words)
    image = asked.image or build(asked.base, asked.more)
    with tempfile.TemporaryDirectory(prefix="pratique-agent-") as folder:
        for line in prove(podman, (image,), Path(folder), victim=(image,)):
            print(line, flush=True)
    return 0


def podman(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run podman."""
    return subprocess.run(
        ["podman", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def build(base: str, more: Iterable[str]) -> str:
    """Return the name of the image, built in the format that keeps its health check."""
    command = ["podman", "build", "--format", "docker", "-f", str(AGENT / "Dockerfile"), "-t", TAG]
    command += ["--build-arg", f"BASE={base}"] if base else []
    subprocess.run([*command, *more, str(ROOT)], check=True)
    return TAG


def container() -> Mapping[str, Any]:
    """Return the manifest's container."""
    return _pod()["containers"][0]  # type: ignore[no-any-return]


def options(data: Path) -> list[str]:
    """Return what podman is told so that it starts the container as the manifest says."""
    pod, one = _pod(), container()
    context, limits = one["securityContext"], one["resources"]["limits"]
    assert pod["hostPID"]
    assert context["capabilities"]["drop"] == ["ALL"]
    words = [
        "--pid=host",
        "--cap-drop=all",
        f"--cap-add={','.join(context['capabilities']['add'])}",
    ]
    words += [f"--user={context['runAsUser']}:{context['runAsGroup']}"]
    words += [f"--memory={limits['memory'].replace('Mi', 'm')}", f"--cpus={limits['cpu']}"]
    words += ["--read-only", "--read-only-tmpfs=false"] if context["readOnlyRootFilesystem"] else []
    words += [] if context["allowPrivilegeEscalation"] else ["--security-opt=no-new-privileges"]
    words += [f"--security-opt=seccomp={AGENT / 'seccomp.json'}"]
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    for mount in one["volumeMounts"]:
        words += _mounted(mount, volumes[mount["name"]], data)
    return words


def arguments() -> list[str]:
    """Return the container's arguments, with the name of the node put in."""
    return [str(word).replace("$(NODE_NAME)", NODE) for word in container()["args"]]


def prove(
    run: Podman,
    image: Sequence[str],
    data: Path,
    *,
    victim: Sequence[str],
    program: Sequence[str] = (),
) -> Iterable[str]:
    """
    Start the agent, let another container do what must be told, and yield what was seen.

    Args:
        run: Runs podman with words.
        image: What names the agent's image, or its root.
        data: An empty folder, for its store.
        victim: What names the other container's image, or its root.
        program: What starts the program where the image has no entrypoint.

    Raises:
        AssertionError: something is not as it must be.
    """
    name = f"pratique-agent-{time.monotonic_ns()}"
    try:
        started = run("run", "-d", "--name", name, *options(data), *image, *program, *arguments())
        assert started.returncode == 0, started.stderr
        _until("it watches", lambda: "watching" in run("logs", name).stderr, run, name)
        yield run("logs", name).stderr.strip()
        other = f"{name}-other"
        words = ("sh", "-c", ATTACK)
        entry = ("--entrypoint", "") if victim[0] != "--rootfs" else ()
        done = run("run", "--rm", "--user=0", "--name", other, *entry, *victim, *words)
        assert done.returncode == 0, done.stderr
        _until("the attack is told", lambda: _rules(run, name, other) >= TOLD, run, name)
        yield f"{other}: {', '.join(sorted(_rules(run, name, other)))}"
        yield _metrics(run, name, program[0] if program else "python")
        if "--rootfs" not in image:
            checked = run("healthcheck", "run", name)
            assert checked.returncode == 0, checked.stderr + checked.stdout
            yield "its health check passes"
        began = time.monotonic()
        assert run("stop", "-t", str(GRACE_S), name).returncode == 0
        took = time.monotonic() - began
        code = run("inspect", "--format", "{{.State.ExitCode}}", name).stdout.strip()
        assert code == "0", f"ended with {code}: {run('logs', name).stderr[-500:]}"
        yield f"{run('logs', name).stderr.strip().splitlines()[-1]} (ended with 0 in {took:.1f} s)"
    finally:
        run("rm", "-f", "-t", "0", name)


def _metrics(run: Podman, name: str, python: str) -> str:
    """Ask for the numbers from inside its network, where nobody else is."""
    ask = (
        "import urllib.request as r;"
        f" print(r.urlopen('http://127.0.0.1:{_METRICS}/metrics', timeout=5).read().decode())"
    )
    said = run("exec", name, python, "-c", ask)
    assert "pratique_events_total" in said.stdout, said.stderr
    return f"metrics: {len(said.stdout.splitlines())} lines"


def _rules(run: Podman, name: str, other: str) -> set[str]:
    """Return the rules that named the other container by its name."""
    found: set[str] = set()
    for line in run("logs", name).stdout.splitlines():
        said = json.loads(line)
        for one in (*said.get("story", ()), said):
            if (one.get("container") or {}).get("name") == other:
                found.add(one["rule"])
    return found


def _until(what: str, ready: Callable[[], bool], run: Podman, name: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not ready():
        runs = run("inspect", "--format", "{{.State.Running}}", name).stdout.strip() == "true"
        if time.monotonic() > end or not runs:
            why = f"not within {PATIENCE_S:g} s" if runs else "the agent ended before"
            raise AssertionError(f"{why}: {what}\n{_said(run, name)}")
        time.sleep(0.2)


def _said(run: Podman, name: str) -> str:
    """Return the end of all that it told, for whoever looks into a failure."""
    told = run("logs", name)
    return f"{told.stderr[-1000:]}\n{told.stdout[-4000:]}"


def _mounted(mount: Mapping[str, Any], volume: Mapping[str, Any], data: Path) -> list[str]:
    target = mount["mountPath"]
    if "emptyDir" in volume:
        size = volume["emptyDir"]["sizeLimit"].replace("Mi", "m")
        # An emptyDir shows nothing of what the image has there.
        return ["--tmpfs", f"{target}:size={size},notmpcopyup"]
    if "projected" in volume:
        # The token of a cluster's API server: there is none here, and the agent goes on without.
        return []
    path = volume["hostPath"]["path"]
    if not mount.get("readOnly"):
        return ["-v", f"{data}:{target}"]
    propagation = {"HostToContainer": ",rslave"}.get(mount.get("mountPropagation", ""), "")
    return ["-v", f"{path}:{target}:ro{propagation}"]


def _pod() -> Mapping[str, Any]:
    documents = yaml.safe_load_all(MANIFEST.read_text("utf-8"))
    (found,) = [one for one in documents if one["kind"] == "DaemonSet"]
    return found["spec"]["template"]["spec"]  # type: ignore[no-any-return]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
