"""Find servers whose first administrator gets a name and password that everybody knows."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "default-password-account"
TITLE = "the administrator of a service keeps the password it comes with"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.LOW
ALIASES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "The image makes an administrator with a password that its manual prints, unless an environment "
        "entry says another one, and no entry does: Grafana (admin/admin), RabbitMQ (guest/guest), MinIO "
        "(minioadmin), pgAdmin, Nexus, Keycloak. Set the entry from a secret before the first start."
    )
}
_ENTRIES = {
    "grafana": ("GF_SECURITY_ADMIN_PASSWORD",),
    "rabbitmq": ("RABBITMQ_DEFAULT_PASS", "RABBITMQ_CONFIG_FILE"),
    "minio": ("MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY"),
    "activemq": ("ACTIVEMQ_ADMIN_PASSWORD", "ACTIVEMQ_WEB_PASSWORD"),
    "activemq-classic": ("ACTIVEMQ_WEB_PASSWORD",),
    "emqx": ("EMQX_DASHBOARD__DEFAULT_PASSWORD",),
    "portainer": (),
}
BAD = (service(image="grafana/grafana:11.1.0"), service(image="rabbitmq:3-management"))
GOOD = (
    service(
        "environment: ['GF_SECURITY_ADMIN_PASSWORD__FILE=/run/secrets/g']",
        image="grafana/grafana:11.1.0",
    ),
    service("environment: {RABBITMQ_DEFAULT_PASS: '${PASS}'}", image="rabbitmq:3"),
    service("env_file: r.env", image="rabbitmq:3"),
    service(),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service that published the server; a file of settings may say more."""
    for one in scene.running:
        wanted = _ENTRIES.get(one.image_name, ())
        said = [name.upper() for name in one.environment]
        set_here = any(name.startswith(entry) for entry in wanted for name in said)
        if wanted and not set_here and not one.get("env_file"):
            yield scene.told_service(one, f"{wanted[0]} is not set")
