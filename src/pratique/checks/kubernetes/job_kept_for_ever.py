"""Find jobs that stay when they are done."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "job-kept-for-ever"
TITLE = "a job stays when it is done"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("job-ttl-seconds-after-finished",)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Without ttlSecondsAfterFinished a finished job and its pods stay until somebody "
        "deletes them, with their logs and variables. CronJobs clean up after themselves."
    )
}
BAD = (manifest("Job", "batch/v1", spec={"template": {}}),)
GOOD = (manifest("Job", "batch/v1", spec={"ttlSecondsAfterFinished": 600}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Job"):
        if not one.at("spec", "ttlSecondsAfterFinished").line:
            yield told(one, "has no ttlSecondsAfterFinished", "spec")
