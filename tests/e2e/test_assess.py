"""
A deliberately weak application of ours is assessed with the real tools; each finds what was planted for it.

The image is run in the real sandbox, which nothing leaves and which leaves nothing behind.
"""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pratique.assessors.placing import Owner
from pratique.kit.limits import DEFAULT
from pratique.pipelines.assess_service import Service, assess_service
from pratique.pipelines.assess_sources import Tools, assess_sources
from pratique.pipelines.gather_sources import Sources
from pratique.pipelines.lay_out_image import lay_out_image
from pratique.pipelines.run_assessor import entering
from pratique.pipelines.run_container import NOBODY, SandboxError, run_container
from pratique.sources.interface import Options
from pratique.sources.target import open_target
from tests.e2e.engines import wait_for
from tests.makers import weak_application as weak
from tests.makers.fake_tools import program

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

NEEDED = ("bandit", "semgrep", "schemathesis", "wapiti")


@pytest.fixture(scope="module")
def archive(tmp_path_factory, need):
    """Give the image of the application."""
    need("podman"), need("runc"), need("ldd")
    return weak.image_archive(tmp_path_factory.mktemp("image") / "shop.tar")


def assess(archive, folder, assessor):
    """Return (exit code, subject, what was said) of one assessment with everything."""
    tools = [Path(assessor(name)).parent for name in NEEDED]
    command = [
        *(sys.executable, "-m", "pratique", "assess", f"oci-archive:{archive}", "--offline"),
        *("-o", f"json={folder}/r.json", "-o", f"sarif={folder}/r.sarif"),
        *("--sbom", f"{folder}/sbom.json", "--assessors", ",".join(NEEDED)),
        *(part for place in tools for part in ("--tools", str(place))),
    ]
    kept = {"PRATIQUE_CACHE_DIR": f"{folder}/cache", "PRATIQUE_DATA_DIR": f"{folder}/data"}
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **kept}, check=False
    )
    assert done.returncode in (0, 1, 3), done.stderr
    whole = (folder / "r.json").read_text()
    assert weak.WORD not in whole + (folder / "r.sarif").read_text() + done.stdout
    (subject,) = json.loads(whole)["subjects"]
    return done.returncode, subject, done.stderr


def test_a_weak_application_is_found_out(archive, tmp_path, assessor):
    """One run finds what was planted in the source and in the service, and one verdict forbids it."""
    code, subject, said = assess(archive, tmp_path, assessor)
    assert subject["digest"].startswith("sha256:")
    _holds_what_was_planted_in_the_source(subject)
    _holds_what_was_planted_in_the_service(subject)
    assert (code, subject["verdict"]["answer"]) == (1, "deny")
    reasons = {one["rule"] for one in subject["verdict"]["reasons"]}
    assert reasons >= {"severe-service-weakness", "severe-code-weakness"}
    assert [one for one in subject["unknowns"] if one["stage"] == "assess"] == []
    assert "the image answers at http://127.0.0.1:8099 as user nobody" in said


def _holds_what_was_planted_in_the_source(subject):
    """Every weakness at its line, in the layer of the application."""
    found = [one for one in subject["findings"] if one["kind"] == "code"]
    assert {cwe for one in found for cwe in one["cwes"]} >= weak.CODE_FLAWS
    assert {one["location"] for one in found} == {"app/shop.py"}
    assert {one["layer"]["index"] for one in found} == {1}
    lines = weak.source().splitlines()
    said = {one["rule"]: lines[one["line"] - 1] for one in found}
    assert "eval(" in said["semgrep:python-eval"]
    assert "subprocess.getoutput" in said["bandit:B605"]


def _holds_what_was_planted_in_the_service(subject):
    """Each attack that works, by the tool for it, with the request and the parameter."""
    found = [one for one in subject["findings"] if one["kind"] == "service"]
    assert {(one["rule"], one["location"]) for one in found} >= weak.SERVICE_FLAWS
    traversal = next(one for one in found if one["rule"] == "wapiti:path-traversal")
    assert "parameter name" in traversal["description"]
    assert traversal["cwes"] == ["CWE-22"]


def test_a_folder_is_built_and_run(archive, tmp_path, assessor, need):
    """The source and the image that is built of it stand in one report, each with its own place."""
    need("buildah")
    project = tmp_path / "project"
    project.mkdir()
    (project / "shop.py").write_text(weak.source())
    opened = open_target(f"oci-archive:{archive}", Options(environ={}))
    with opened.blobs.open(opened.images[0].layers[0].blob) as stored:
        (project / "python.tar").write_bytes(stored.read())
    opened.close()
    (project / "Dockerfile").write_text(
        "FROM scratch\nADD python.tar /\nCOPY shop.py /app/\nENV PYTHONHOME=/usr/local\n"
        f"EXPOSE {weak.PORT}\nWORKDIR /tmp\n"
        'ENTRYPOINT ["/usr/local/bin/python3", "/app/shop.py"]\n'
    )
    command = [sys.executable, "-m", "pratique", "assess", str(project), "--build", "--offline"]
    command += ["--tools", str(Path(assessor("bandit")).parent)]
    command += ["--tools", str(Path(assessor("schemathesis")).parent)]
    command += ["--assessors", "bandit,schemathesis", "--scanners", "config", "-o", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    folder, image = json.loads(done.stdout)["subjects"]
    assert (folder["kind"], image["kind"]) == ("directory", "image")
    for subject, place in ((folder, "shop.py"), (image, "app/shop.py")):
        assert {one["location"] for one in subject["findings"] if one["kind"] == "code"} == {place}
        assert [one for one in subject["unknowns"] if one["stage"] == "assess"] == []
    assert "schemathesis:ST101" in {one["rule"] for one in image["findings"]}


def test_zap_finds_what_was_planted(archive, tmp_path, assessor):
    """Where ZAP is installed: in the sandbox, with its own rules, each attack at its request."""
    command = [sys.executable, "-m", "pratique", "assess", f"oci-archive:{archive}", "--offline"]
    command += ["--tools", str(Path(assessor("zap.sh")).parent), "--assessors", "zap"]
    command += ["--scanners", "config", "-o", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (subject,) = json.loads(done.stdout)["subjects"]
    found = {
        (one["rule"], one["location"]) for one in subject["findings"] if one["kind"] == "service"
    }
    assert found >= weak.ZAP_FLAWS
    assert [one for one in subject["unknowns"] if one["stage"] == "assess"] == []


SOURCES = {
    "gosec": (
        "main.go",
        'package main\nimport ("os"; "os/exec")\nfunc main() { exec.Command(os.Args[1]).Run() }\n',
        "gosec:G204",
    ),
    "shellcheck": ("run.sh", "#!/bin/sh\nrm -rf $1/*\n", "shellcheck:SC2115"),
    "flawfinder": (
        "a.c",
        "#include <string.h>\nint main(int c, char **v) { char b[8]; strcpy(b, v[1]); }\n",
        "flawfinder:FF1001",
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_tools_for_other_languages(name, tmp_path, assessor, monkeypatch):
    """Where they are installed, each reads its own language."""
    file, text, rule = SOURCES[name]
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / file).write_text(text)
    (folder / "go.mod").write_text("module weak\n\ngo 1.19\n")
    tools = Tools(folders=(Path(assessor(name)).parent,), only=frozenset({name}))
    (tmp_path / "answers").mkdir()
    sources = Sources(
        folder=folder,
        paths={one.name: one.name for one in folder.iterdir()},
        owners={one.name: Owner() for one in folder.iterdir()},
    )
    learnt = assess_sources(sources, tools, tmp_path / "answers")
    assert learnt.unknowns == ()
    assert rule in {one.rule for one in learnt.findings}


@pytest.fixture
def layout(archive, tmp_path):
    """Give the image laid out, ready to be run."""
    opened = open_target(f"oci-archive:{archive}", Options(environ={}))
    lay_out_image(opened.images[0], opened.blobs, tmp_path / "layout", DEFAULT)
    opened.close()
    return tmp_path / "layout"


TRY = """
import socket, sys
for host in sys.argv[1:]:
    for port in (53, 80, 443):
        try:
            socket.create_connection((host, port), 1).close()
            print("reached", host, port)
        except OSError as error:
            print(type(error).__name__, error.errno)
print([name for _, name in socket.if_nameindex()])
"""


def test_nothing_leaves_the_sandbox(layout, need):
    """Whoever is in it reaches neither this machine, nor its network, nor a name; only the application."""
    with (
        run_container(need("podman"), layout, (weak.PORT,), "", 60) as running,
        entering(running.pid) as enter,
    ):
        assert running.user == NOBODY
        assert running.ports == (weak.PORT,)
        hosts = ["192.0.2.1", "10.88.0.1", "198.51.100.7"]
        tried = subprocess.run(
            [sys.executable, "-I", "-c", TRY, *hosts],
            preexec_fn=enter,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        status = Path(f"/proc/{running.pid}/status").read_text()
        mounts = Path(f"/proc/{running.pid}/mounts").read_text().splitlines()
    assert set(tried[:-1]) == {"OSError 101"}  # ENETUNREACH: there is no way out at all
    assert tried[-1] == "['lo']"
    said = dict(line.split(":\t", 1) for line in status.splitlines())
    assert int(said["CapEff"], 16) == int(said["CapBnd"], 16) == 0
    assert (said["NoNewPrivs"], said["Seccomp"]) == ("1", "2")
    assert said["Uid"].split() == ["65534"] * 4
    assert next(line for line in mounts if line.split()[1] == "/").split()[3].startswith("ro")


def test_nothing_stays_of_a_sandbox(layout, need):
    """Not after an interruption either: the container is dead and its files are gone."""
    seen = []

    def interrupted():
        with run_container(need("podman"), layout, (weak.PORT,), "", 60) as running:
            mounts = Path(f"/proc/{running.pid}/mountinfo").read_text()
            place = Path(re.search(r"/(?:var/)?tmp/pq-[^/,:\s]+", mounts)[0])
            assert place.is_dir()
            seen.append((running.pid, place))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    ((pid, place),) = seen
    assert not Path(f"/proc/{pid}").exists()
    assert not place.exists()


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_cancelled_leaves_nothing(way, archive, tmp_path, assessor):
    """While wapiti attacks: it, the container and every folder are gone, and the exit code says so."""
    command = [
        *(sys.executable, "-m", "pratique", "assess", f"oci-archive:{archive}", "--offline"),
        *("--tools", str(Path(assessor("wapiti")).parent), "--assessors", "wapiti"),
        *("--scanners", "config", "-o", "json"),
    ]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(tmp_path), "PRATIQUE_CACHE_DIR": str(tmp_path / "cache")},
        # As from a terminal: a shell has those that it starts in the background ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        wait_for("the attack", lambda: list(tmp_path.glob("pratique-ask-*/wapiti")))
        running.send_signal(way)
        assert running.wait(60) == 130
    assert [one.name for one in tmp_path.iterdir()] in ([], ["cache"])
    assert not [one for one in Path("/proc").glob("[0-9]*/cmdline") if _names(one, tmp_path)]


def _names(cmdline, folder):
    try:
        return str(folder).encode() in cmdline.read_bytes()
    except OSError:
        return False


DEADLY = """
import urllib.request
try:
    url = arguments[arguments.index("--url") + 1] + "calc?sum=__import__('os')._exit(1)"
    urllib.request.urlopen(url, timeout=20)
except OSError:
    pass
print('{"vulnerabilities": {}}')
"""


def test_an_application_that_falls_under_an_attack_is_told(archive, layout, tmp_path, need):
    """What follows would find nothing in it; that is no clean answer."""
    need("podman")
    opened = open_target(f"oci-archive:{archive}", Options(environ={}))
    image = opened.images[0]
    opened.close()
    program(tmp_path / "tools", "wapiti", DEADLY)
    program(tmp_path / "tools", "zap.sh", "sys.exit('it must not run')")
    tools = Tools(folders=(tmp_path / "tools",), only=frozenset({"wapiti", "zap"}))
    learnt = assess_service(image, layout, Service(ports=(weak.PORT,)), tools)
    (told,) = learnt.unknowns
    assert told.reason == (
        "the application no longer answers since wapiti asked it, so not everything was tried, "
        "and zap did not run"
    )


def test_an_application_that_ends_is_told(layout, need):
    """With its last words, after it was tried as nobody and as itself."""
    index = json.loads((layout / "index.json").read_bytes())
    blobs = layout / "blobs/sha256"
    manifest = json.loads((blobs / index["manifests"][0]["digest"][7:]).read_bytes())
    config = json.loads((blobs / manifest["config"]["digest"][7:]).read_bytes())
    config["config"]["Entrypoint"] = ["/usr/local/bin/python3", "-c", "print('no database')"]
    made = weak.rewritten(layout, manifest, config)
    with (
        pytest.raises(SandboxError, match=r"it ended by itself; its last words: no database"),
        run_container(need("podman"), made, (weak.PORT,), "", 60),
    ):
        pass
