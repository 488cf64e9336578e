"""Find databases on the network that all services share."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "flat-service-network"
TITLE = "a database is on the network that all services share"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.LOW
ALIASES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Nobody names a network, so all services share one, the database with those that are published: "
        "who takes over the proxy reaches the database as well. Give the database and what uses it a "
        "network of their own (networks: [back], with internal: true where it needs no way out)."
    )
}
_WITH = "    image: postgres:16\n"
BAD = (service("ports: ['443:443']") + f"  api:\n    image: api:1\n  db:\n{_WITH}",)
GOOD = (
    service("ports: ['443:443']") + f"  db:\n{_WITH}",
    service("ports: ['443:443']")
    + f"  api:\n    image: api:1\n  db:\n{_WITH}    networks: [back]\nnetworks:\n  back:\n",
    service() + f"  api:\n    image: api:1\n  db:\n{_WITH}",
)
FIXED: tuple[tuple[str, str], ...] = ()
_DATABASES = frozenset({
    "postgres", "mysql", "mariadb", "mongo", "redis", "valkey", "elasticsearch", "opensearch",
    "memcached", "cassandra", "couchdb", "influxdb", "neo4j", "etcd", "rabbitmq", "postgis",
    "clickhouse-server", "kafka", "zookeeper", "minio", "timescaledb", "redis-stack",
})  # fmt: skip


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each database, where three services or more share the default network."""
    shared = [one for one in scene.running if not (one.get("networks") or one.get("network_mode"))]
    if len(shared) < 3:
        return
    for one in shared:
        published = any(other.ports for other in shared if other is not one)
        if one.image_name in _DATABASES and published:
            yield scene.told_service(one, "published services share its network")
