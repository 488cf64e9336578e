"""Give the shell lines that every provider runs: POSIX sh, one command a line."""

from pratique.formats.ci.interface import Build, Origin, Plan


def install(origin: Origin) -> tuple[str, ...]:
    """
    Return the lines that install pratique from its commit with pinned, hashed packages.

    >>> install(Origin())
    ('pratique --version',)
    """
    if not origin.address:
        return ("pratique --version",)
    pip = 'PIP_DISABLE_PIP_VERSION_CHECK=1 "$pratique/env/bin/pip" install -q'
    source = '"$pratique/source'
    return (
        'pratique="$(mktemp -d)"',
        f'git init -q {source}"',
        f'git -C {source}" fetch -q --depth 1 {origin.address} {origin.commit}',
        f'git -C {source}" checkout -q {origin.commit}',
        'python3 -m venv "$pratique/env"',
        f'{pip} --require-hashes -r {source}/requirements/run.txt" '
        f'-r {source}/requirements/build.txt"',
        f'{pip} --no-deps --no-build-isolation {source}"',
        'export PATH="$pratique/env/bin:$PATH"',
        "pratique --version",
    )


def build(one: Build) -> str:
    """
    Return the line that builds an image.

    >>> build(Build(name="api", dockerfile="api/Dockerfile", context="api"))
    'docker build --file api/Dockerfile --tag pratique-check/api:latest api'
    """
    stage = f" --target {one.target}" if one.target else ""
    return f"docker build --file {one.dockerfile}{stage} --tag {tag(one)} {one.context}"


def tag(one: Build) -> str:
    """Return what the image is called in the job that builds it."""
    return f"pratique-check/{one.name}:latest"


def lint(plan: Plan, *reports: str) -> str:
    """Return the line that lints the repository and writes reports (``FORMAT=FILE``)."""
    return f"pratique lint --fail-on {plan.fail_on}{_wanted('lines', reports)} ."


def gate(plan: Plan, target: str, *reports: str) -> str:
    """Return the line that decides on an image and writes reports (``FORMAT=FILE``)."""
    return f"pratique gate --policy {plan.policy}{_wanted('table', reports)} {target}"


def block(lines: tuple[str, ...] | list[str], indent: int) -> str:
    """
    Return lines at an indentation, as the body of a YAML block or a script.

    >>> block(("a", "b"), 2)
    '  a\\n  b\\n'
    """
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _wanted(first: str, reports: tuple[str, ...]) -> str:
    return "".join(f" -o {one}" for one in (first, *reports)) if reports else ""
