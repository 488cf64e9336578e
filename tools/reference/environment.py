"""
Make the page of environment variables: those of options, and those the source reads by name.

Law: a ``PRATIQUE_`` variable that the source names and nobody described fails the generation.
"""

import re
from pathlib import Path

import click

from pratique.cli.main import program
from tools.reference.commands import context, walk
from tools.reference.markdown import note, table

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pratique"
DESCRIBED = {
    "PRATIQUE_CACHE_DIR": "Folder of what can be made again: layer facts and advisory shards.",
    "PRATIQUE_CACHE_MAX_BYTES": "Bytes that layer facts may take in the cache.",
    "PRATIQUE_DATA_DIR": "Folder of what must last.",
    "PRATIQUE_FINGERPRINT_KEY": "Key of your organisation for the fingerprints of secrets.",
    "PRATIQUE_SEND_HEADERS": "Headers for servers that alerts are sent to, a line each: "
    "`ORIGIN NAME: VALUE`; or `@FILE` with such lines.",
    "PRATIQUE_DOCKER_ROOT": "Where Docker keeps its containers, if not in `/var/lib/docker`.",
    "PRATIQUE_CONTAINERD_STATE": "Where containerd keeps its tasks, if not in `/run/containerd`.",
    "PRATIQUE_KUBERNETES_TOKEN": "File of the token for the Kubernetes API, if not the service "
    "account's of this pod.",
    "PRATIQUE_KUBERNETES_CA": "File of the authority that the Kubernetes API is believed by.",
    "PRATIQUE_DEBUG": "Show the traceback of an internal error.",
}
BORROWED = (
    ("KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT", "The API server, in a pod."),
    ("SOURCE_DATE_EPOCH", "The time to record in reports, in seconds since 1970."),
    ("NO_COLOR", "No colour in the table, whatever the terminal can do."),
    ("TERM", "`dumb` means a terminal without colour."),
    ("HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY", "Proxies; also in lower case."),
    ("SSL_CERT_FILE SSL_CERT_DIR", "Certificate authorities to trust."),
    ("DOCKER_CONFIG", "Folder of docker's `config.json`, where credentials are looked up."),
    ("REGISTRY_AUTH_FILE", "Credentials file of podman and skopeo."),
    ("DOCKER_HOST CONTAINER_HOST", "Socket of the Docker or Podman daemon."),
    (
        "CONTAINERS_CONF CONTAINERS_STORAGE_CONF",
        "Settings of podman: `pratique assess` runs an image with them, `pratique watch` finds "
        "its containers by them.",
    ),
    ("CONTAINERD_ADDRESS CONTAINERD_NAMESPACE", "Socket and namespace of containerd."),
    (
        "GITHUB_API_URL GITHUB_REPOSITORY GITHUB_EVENT_PATH GITHUB_TOKEN",
        "What a job of GitHub Actions is told; `pratique ci comment` reads it.",
    ),
    ("PATH", "Where the programs of others are looked for."),
    ("TMPDIR", "Where temporary files go that memory has no room for: large members of a layer."),
    ("XDG_RUNTIME_DIR", "Where podman's socket and credentials of this user lie."),
    ("XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME HOME", "The user's own folders."),
)
# httpx, platformdirs and containerd's clients read these; our source does not name them.
READ_BY_LIBRARIES = {
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
}


def pages() -> dict[str, str]:
    """
    Return the page.

    Raises:
        ValueError: the source names a variable that is not described.
    """
    options = option_variables()
    borrowed = {name for names, _ in BORROWED for name in names.split()}
    unknown = named_in_source() - set(options) - set(DESCRIBED) - borrowed
    if unknown:
        raise ValueError(f"environment variables without a description: {sorted(unknown)}")
    rows = [[f"`{name}`", text] for name, text in sorted(DESCRIBED.items())]
    option_rows = [[f"`{name}`", text] for name, text in sorted(options.items())]
    others = [[", ".join(f"`{name}`" for name in names), text] for names, text in _read_by_us()]
    text = (
        note("the options of src/pratique/cli and the variables the source reads")
        + "# Environment\n\nThe command line wins over the environment, the environment over "
        + "`pratique.toml`.\n\n## Places and behaviour\n\n"
        + table(["Variable", "Meaning"], rows)
        + "\n## Options\n\n"
        + table(["Variable", "Same as"], option_rows)
        + "\n## Other programs' variables that are honoured\n\n"
        + table(["Variable", "Meaning"], others)
    )
    return {"docs/reference/environment.md": text}


def option_variables() -> dict[str, str]:
    """Return the variables that options read: name -> where they belong."""
    places: dict[str, set[tuple[str, str]]] = {}
    for here, _ in walk(program, context(program, None, "pratique")):
        for option in here.command.params:
            if not isinstance(option, click.Option) or not option.envvar:
                continue
            names = [option.envvar] if isinstance(option.envvar, str) else list(option.envvar)
            for name in names:
                place = (max(option.opts, key=len), here.command_path)
                places.setdefault(name, set()).add(place)
    return {name: _places(found) for name, found in places.items()}


def named_in_source() -> set[str]:
    """Return every ``PRATIQUE_`` name in the source, and every variable it reads."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text()
        found |= set(re.findall(r"\bPRATIQUE_[A-Z][A-Z_]*[A-Z]\b", text))
        found |= set(re.findall(r"\benviron(?:\.get\(|\[)\"([A-Z_]+)\"", text))
    return found


def _places(found: set[tuple[str, str]]) -> str:
    (flag, *_others) = sorted({flag for flag, _ in found})
    commands = ", ".join(f"`{path}`" for path in sorted({path for _, path in found}))
    return f"`{flag}` of {commands}"


def _read_by_us() -> list[tuple[list[str], str]]:
    """Return the variables of others that are really read, by us or by a library for us."""
    source = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    rows = []
    for names, meaning in BORROWED:
        read = [
            name
            for name in names.split()
            if name in READ_BY_LIBRARIES or re.search(rf"\b{name}\b", source)
        ]
        if read:
            rows.append((read, meaning))
    return rows
