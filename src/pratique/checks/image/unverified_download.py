"""Find build steps that download or install without checking whom the bytes come from."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pratique.checks.image.interface import Scene, sample
from pratique.formats.shell_commands import Command
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "unverified-download"
TITLE = "a build step fetches without checking certificate or signature"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("CIS-DI-0011", "CIS-Docker-4.11")
RULES = {
    NAME: (
        "A command in the image's history tells a program not to check whom it fetches from: curl "
        "-k, wget --no-check-certificate, apk --allow-untrusted, apt --allow-unauthenticated, rpm "
        "--nosignature, yum --nogpgcheck, pip --trusted-host, npm strict-ssl=false, git "
        "http.sslVerify=false. What it fetched is now in the image, and whoever sat on the way chose "
        "it. Take the option away; install the certificate or the key that is missing; for a single "
        "file, compare its SHA-256 with one you wrote down."
    )
}


def _ran(line: str) -> tuple[HistoryEntry, ...]:
    return (HistoryEntry(created_by=f"RUN /bin/sh -c {line} # buildkit", empty_layer=True),)


_FETCH = {
    "curl": ("--insecure", "-k", "--proxy-insecure"),
    "wget": ("--no-check-certificate",),
    "apk": ("--allow-untrusted",),
    "apt": ("--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"),
    "rpm": ("--nosignature", "--nodigest"),
    "yum": ("--nogpgcheck",),
    "zypper": ("--no-gpg-checks", "--gpg-auto-import-keys", "--allow-unsigned-rpm"),
    "pip": ("--trusted-host",),
    "uv": ("--allow-insecure-host", "--trusted-host"),
    "npm": ("--strict-ssl=false", "--no-strict-ssl"),
    "conda": ("--insecure", "-k"),
    "aria2c": ("--check-certificate=false",),
}
_SAME = {
    "apt-get": "apt", "aptitude": "apt", "dnf": "yum", "microdnf": "yum", "tdnf": "yum",
    "pip3": "pip", "yarn": "npm", "pnpm": "npm", "mamba": "conda", "micromamba": "conda",
}  # fmt: skip
FIRES = (
    sample(history=_ran("curl -fsSLk https://x.example/f -o f")),
    sample(history=_ran("wget --no-check-certificate https://x.example/f")),
    sample(history=_ran("apk add --no-cache --allow-untrusted x.apk")),
    sample(history=_ran("git config --global http.sslVerify false && git clone x")),
    sample(history=_ran("dnf install -y --nogpgcheck x")),
    sample(history=_ran("npm config set strict-ssl false")),
    sample(history=_ran("apt-get -o Acquire::AllowInsecureRepositories=true update")),
)
SILENT = (
    sample(history=_ran("curl -fsSL https://x.example/k.txt && apk add --no-cache curl")),
    sample(history=_ran("tar -xkf x && git config --global http.sslVerify true")),
    sample(history=_ran("pip install --no-cache-dir flask && sort -k 2 x")),
)
_SETTING = re.compile(
    r"(?:.*\.)?(?:sslverify|strict-ssl|ssl_verify|check_?ssl|repo_gpgcheck|gpgcheck)", re.IGNORECASE
)
_APT = re.compile(
    r".*(?:AllowInsecure|AllowUnauthenticated|Verify-Peer|Verify-Host).*", re.IGNORECASE
)
_OFF = ("false", "0", "no", "off")


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with the programs and options."""
    return scene.in_steps(
        (step, way) for step in scene.steps for command in step.commands for way in _ways(command)
    )


def _ways(command: Command) -> Iterator[str]:
    name = command.program
    family = _SAME.get(name, name)
    option = command.has(*_FETCH.get(family, ()))
    if option:
        yield f"{name} {option}"
    for word, following in pairwise((*command.arguments, "")):
        setting, equals, value = word.partition("=")
        given = value if equals else following
        if family in ("git", "npm", "conda", "yum") and _SETTING.fullmatch(setting.lstrip("-")):
            if given.strip("'\"").lower() in _OFF and not (word.startswith("--") and option):
                yield f"{name} {setting.lstrip('-')[:60]}={given[:10]}"
        elif family == "apt" and _APT.fullmatch(setting):
            insecure = "allow" in setting.lower()
            if (given.lower() not in _OFF) is insecure:
                yield f"{name} {setting[:80]}"
