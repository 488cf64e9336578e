"""
Compare our model of Compose projects with what Docker Compose itself makes of them.

``python -m bench.compose_config --compose PROGRAM FILE…`` reads each file by us and by ``PROGRAM config``
(the plugin's own program), with the same variables, and prints what differs, service by service and field
by field. A folder stands for the files in it; ``--cases`` takes the cases of ``tests/formats/compose`` too.
Files that Compose refuses are counted apart, with its reason.
"""

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from pratique.formats.compose.merging import named_values
from pratique.formats.compose.mounts import Mount
from pratique.formats.compose.ports import Port
from pratique.formats.compose.project import Project, read_project
from pratique.formats.compose.services import Service, words_of
from pratique.formats.compose.values import NOTHING, Value
from pratique.model.errors import FormatError
from pratique.pipelines.project_folder import reader

ENVIRON = {"HOME": "~", "PWD": ".", "PATH": "/usr/bin:/bin"}
"""What both sides know of variables, besides the project's .env."""
AS_WRITTEN = ("--no-path-resolution", "--no-normalize", "--no-env-resolution", "--no-consistency")
TEXTS = ("image", "user", "network_mode", "pid", "ipc", "restart", "working_dir", "hostname")
TRUTHS = ("privileged", "read_only", "init", "tty")
LISTS = ("cap_add", "cap_drop", "security_opt", "expose", "dns", "group_add", "profiles", "tmpfs")
MAPPINGS = ("environment", "labels", "sysctls", "extra_hosts")
NAMES = ("depends_on", "networks", "secrets", "configs")
Canonical = dict[str, dict[str, object]]
"""By service and field: what it is, in one form whatever was written."""


class Said(Struct, frozen=True):
    """What Compose makes of a file, or why it refuses it."""

    services: Canonical = {}
    refused: str = ""


def main() -> None:
    """Compare, and print each difference and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compose", type=Path, required=True)
    parser.add_argument("--cases", action="store_true", help="those of our own tests too")
    parser.add_argument("--write", type=Path, help="keep here what Compose makes of the cases")
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    sums: Counter[str] = Counter()
    for path in given.paths:
        files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
        for file in files:
            _compared(given.compose, file, file.name, sums)
    if given.cases:
        from tests.formats.compose.cases import CASES

        expected: dict[str, Canonical] = {}
        for case in CASES:
            with TemporaryDirectory() as kept:
                case.lay(Path(kept))
                said = _compared(given.compose, Path(kept, "compose.yaml"), case.name, sums)
                expected[case.name] = said.services
        if given.write:
            text = json.dumps(expected, indent=1, sort_keys=True, ensure_ascii=False)
            given.write.write_text(f"{text}\n")
    print(", ".join(f"{count} {what}" for what, count in sorted(sums.items())))


def _compared(program: Path, file: Path, name: str, sums: Counter[str]) -> Said:
    said = theirs(program, file)
    if said.refused:
        sums["files that Compose refuses"] += 1
        print(f"{name}: refused: {said.refused}")
        return said
    try:
        ours = canonical(project_of(file))
    except FormatError as error:
        sums["files that only we refuse"] += 1
        print(f"{name}: we refuse it: {error}")
        return said
    sums["files"] += 1
    sums["services"] += len(said.services)
    differences = differing(ours, said.services)
    sums["differences"] += len(differences)
    for one in differences:
        print(f"{name}: {one}")
    return said


def differing(ours: Canonical, theirs: Canonical) -> list[str]:
    """Return each difference in words."""
    found = [f"{name}: only we have it" for name in ours if name not in theirs]
    for name, fields in theirs.items():
        if name not in ours:
            found.append(f"{name}: only they have it")
            continue
        for field in sorted({*fields, *ours[name]}):
            mine, its = ours[name].get(field), fields.get(field)
            if mine != its:
                found.append(f"{name}.{field}: ours {mine!r}, theirs {its!r}")
    return found


def theirs(program: Path, file: Path) -> Said:
    """Return what Compose makes of a file, all profiles switched on."""
    folder, name = file.parent.resolve(), file.name
    overrides = [f"compose.override.{end}" for end in ("yaml", "yml")]
    files = [
        name,
        *(one for one in overrides if name == "compose.yaml" and (folder / one).is_file()),
    ]
    command = [str(program.resolve()), *(word for one in files for word in ("-f", one))]
    command += ["--profile", "*", "config", "--format", "json", *AS_WRITTEN]
    done = subprocess.run(
        command, cwd=folder, env=ENVIRON, capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode:
        return Said(refused=done.stderr.strip().splitlines()[-1][:300])
    model = json.loads(done.stdout)
    return Said({name: _their_service(one) for name, one in model.get("services", {}).items()})


def project_of(file: Path) -> Project:
    """Return our model of a file, with its override where there is one."""
    read = reader(file.parent, file.name, file.read_bytes())
    overrides = [f"compose.override.{end}" for end in ("yaml", "yml")]
    over = next((one for one in overrides if file.name == "compose.yaml" and read(one)), None)
    if over is None:
        return read_project(file.name, read)
    return read_project(over, read, over=(file.name,))


def canonical(project: Project) -> Canonical:
    """Return our model in the form that is compared."""
    return {one.name: _our_service(one) for one in project.services}


def _our_service(one: Service) -> dict[str, object]:
    made: dict[str, object] = {key: one.get(key).text for key in TEXTS}
    made |= {key: one.get(key).truth for key in TRUTHS}
    made |= {key: sorted(item.text for item in one.get(key).texts()) for key in LISTS}
    made |= {key: _texts(one.get(key), key) for key in MAPPINGS}
    made |= {key: sorted(_names(one.get(key))) for key in NAMES}
    build = one.get("build")
    context = build.at("context") or (build if build.text else NOTHING)
    made["build"] = _placed(context.text or ("." if build else ""), context)
    made["args"] = _texts(build.at("args"), "args")
    made["ports"] = sorted({port for each in one.ports for port in _our_port(each)})
    made["volumes"] = sorted(_our_mount(each) for each in one.mounts)
    made["command"], made["entrypoint"] = list(one.words("command")), list(one.words("entrypoint"))
    made["test"] = _test(one.get("healthcheck", "test"))
    return {key: value for key, value in made.items() if value not in ("", None, [], {}, False)}


def _texts(value: Value, key: str) -> dict[str, str | None]:
    empty = "" if key == "labels" else None
    found = {name: one.text if one else empty for name, one in named_values(value, key).items()}
    if key != "extra_hosts":
        return found
    return {name: (text or "").strip("[] ") for name, text in found.items()}


def _names(value: Value) -> list[str]:
    if value.is_mapping:
        return list(value.fields)
    return [one.at("source").text if one.is_mapping else one.text for one in value.items]


def _our_port(one: Port) -> list[tuple[str, str, int, str]]:
    first, last = one.target
    published = range(one.published[0], one.published[1] + 1)
    if one.published == (0, 0):
        return [(one.ip, "", port, one.protocol) for port in range(first, last + 1)]
    if last == first and len(published) > 1:
        return [(one.ip, f"{published[0]}-{published[-1]}", first, one.protocol)]
    pairs = zip(published, range(first, last + 1), strict=False)
    return [(one.ip, str(host), port, one.protocol) for host, port in pairs]


def _our_mount(one: Mount) -> tuple[str, str, str, bool]:
    kind, source = ("volume", one.through) if one.through else (one.kind, one.source)
    source = _placed(source, one.at) if kind == "bind" else source
    return kind, _path(source), one.target.rstrip("/") or one.target, one.read_only


def _placed(text: str, at: Value) -> str:
    """Return a path as seen from the project: it is written as seen from its file."""
    folder = dirname(at.file)
    written = text.startswith(("/", "~")) or "://" in text
    return text if not folder or written or not text else normpath(join(folder, text))


def _test(value: Value) -> list[str]:
    if value.is_list or not value:
        return list(words_of(value))
    return ["CMD-SHELL", value.text]


def _their_service(one: Mapping[str, Any]) -> dict[str, object]:
    made: dict[str, object] = {key: _plain(one.get(key) or "") for key in TEXTS}
    made |= {key: one.get(key) for key in TRUTHS}
    made |= {key: sorted(map(_plain, one.get(key) or [])) for key in LISTS}
    made |= {key: _their_texts(one.get(key), key) for key in MAPPINGS}
    made |= {key: sorted(_their_names(one.get(key))) for key in NAMES}
    build = one.get("build") or {}
    made["build"] = _plain(build.get("context") or "")
    made["args"] = _their_texts(build.get("args"), "args")
    made["ports"] = sorted(map(_their_port, one.get("ports") or []))
    made["volumes"] = sorted(map(_their_mount, one.get("volumes") or []))
    for key in ("command", "entrypoint"):
        made[key] = list(map(_plain, one.get(key) or []))
    made["test"] = list(map(_plain, (one.get("healthcheck") or {}).get("test") or []))
    return {key: value for key, value in made.items() if value not in ("", None, [], {}, False)}


def _plain(text: object) -> str:
    """Return a text of theirs with its dollars as they are: they double them."""
    return str(text).replace("$$", "$")


def _their_texts(value: object, key: str) -> dict[str, str | None]:
    if isinstance(value, list) and key == "extra_hosts":
        pairs = (str(one).partition("=") for one in value)
        return {name: text for name, _, text in pairs}
    found = value if isinstance(value, dict) else {}
    return {name: None if text is None else _plain(text) for name, text in found.items()}


def _their_names(value: object) -> list[str]:
    if isinstance(value, list):
        return [one["source"] if isinstance(one, dict) else str(one) for one in value]
    return list(value) if isinstance(value, dict) else []


def _their_port(one: Mapping[str, Any]) -> tuple[str, str, int, str]:
    return one.get("host_ip", ""), one.get("published", ""), one["target"], one.get("protocol", "")


def _their_mount(one: Mapping[str, Any]) -> tuple[str, str, str, bool]:
    target = _plain(one["target"])
    source = _path(_plain(one.get("source", "")))
    return one["type"], source, target.rstrip("/") or target, bool(one.get("read_only"))


def _path(text: str) -> str:
    """Return a path without a dot before it: both sides write it so or so."""
    return text.removeprefix("./").rstrip("/") or text


if __name__ == "__main__":
    main()
