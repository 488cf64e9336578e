"""Find cron jobs that may run beside their own last run."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "overlapping-cron-job"
TITLE = "a cron job may run beside its last run"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "With the policy Allow, which is the default, a job that hangs is joined by another "
        "at each tick until the node is full. Forbid or Replace, and a deadline "
        "(activeDeadlineSeconds), end that."
    )
}
BAD = (manifest("CronJob", "batch/v1", spec={"schedule": "* * * * *"}),)
GOOD = (
    manifest("CronJob", "batch/v1", spec={"schedule": "* * * * *", "concurrencyPolicy": "Forbid"}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("CronJob"):
        if one.at("spec", "concurrencyPolicy").text in ("", "Allow"):
            yield told(one, "concurrencyPolicy is Allow", "spec", "concurrencyPolicy")
