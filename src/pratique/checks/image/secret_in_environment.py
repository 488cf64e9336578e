"""
Find environment entries that hold a credential.

Judged by the name; the value only shows that there is one. The secrets scanner judges values, and
what it reported already is not told twice.
"""

from collections.abc import Iterable

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "secret-in-environment"
TITLE = "an environment entry of the image holds a credential"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-DI-0010", "CIS-Docker-4.10", "DL3064", "SecretsUsedInArgOrEnv", "DS-0031")
RULES = {
    NAME: (
        "An ENV entry of the config has the name of a credential and a value. Whoever can pull the "
        "image can read it, every process in the container inherits it, and every layer built on "
        "top keeps it. Give the credential when the container starts (a mounted file, the "
        "orchestrator's secrets), delete the ENV line, and change the credential: it has been "
        "published. The value is not shown here. A default that is no secret deserves another name."
    )
}
_VALUE = "not-" + "shown-here-9"
FIRES = (
    sample(env=(f"DB_PASSWORD={_VALUE}",)),
    sample(env=(f"AWS_ACCESS_KEY_ID={_VALUE}", "PATH=/bin")),
    sample(env=(f"githubToken={_VALUE}",)),
)
SILENT = (
    sample(env=(f"GPG_KEY={_VALUE}", f"PYTHON_GET_PIP_SHA256={_VALUE}", "PWD=/srv")),
    sample(env=("DB_PASSWORD_FILE=/run/secrets/db", "DB_PASSWORD=", "API_TOKEN=${TOKEN}")),
    sample(env=(f"JWT_PUBLIC_KEY={_VALUE}", "TOKEN_TTL=300", "PASSWORD_MIN_LENGTH=12")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with the names of all such entries."""
    return scene.in_config(
        at(f"ENV {name[:100]}", "it has the name of a credential and a value")
        for name, value in scene.environment()
        if f"config: ENV {name}" not in scene.told and is_secret_name(name) and is_value(value)
    )
