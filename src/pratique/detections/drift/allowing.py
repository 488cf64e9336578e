"""
Let stand what drifts for a good reason, each with the reason.

::

    pratique-drift: 1
    allow:
      - images: ["registry.example/ci/*"]
        reason: jobs of the pipeline install what they need
      - workloads: ["wordpress"]
        paths: ["/var/www/html/wp-content/plugins/*"]
        reason: editors install plugins

Laws: an allowance needs a reason; all that it names must fit, and what it does not name fits
always, but one that names nothing is refused. ``*`` stands for any text. Kinds are the names of the
detector's rules.
"""

from fnmatch import translate
from functools import cached_property, lru_cache
from re import Pattern
from re import compile as compiled

from msgspec import Struct

from pratique.formats.documents.typed_yaml import parse_typed
from pratique.model.errors import UsageError
from pratique.model.workload import Workload

MARK = "pratique-drift"
MAX_ALLOWED = 1000


class Allowance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """What may drift where, and why."""

    reason: str
    paths: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    workloads: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def fits(self, kind: str, path: str, workload: Workload | None) -> bool:
        """Return whether this allows a drift."""
        if self.kinds and kind not in self.kinds:
            return False
        if self.paths and not _any(self._paths, path):
            return False
        if not (self.images or self.workloads):
            return True
        if workload is None:
            return False
        if self.images and not _any(self._images, workload.image):
            return False
        return not self.workloads or _any(self._workloads, workload.name)

    @cached_property
    def _paths(self) -> tuple[Pattern[str], ...]:
        return tuple(map(_pattern, self.paths))

    @cached_property
    def _images(self) -> tuple[Pattern[str], ...]:
        return tuple(map(_pattern, self.images))

    @cached_property
    def _workloads(self) -> tuple[Pattern[str], ...]:
        return tuple(map(_pattern, self.workloads))


class _Document(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"mark": MARK}
):
    mark: str
    allow: tuple[Allowance, ...] = ()


BUILT_IN = (
    Allowance(
        kinds=("executable-from-mount",),
        paths=("/dev/init", "/run/podman-init", "/sbin/docker-init", "/catatonit"),
        reason="the engine's own init, which it mounts into the container",
    ),
    Allowance(
        workloads=("*-working-container", "*-working-container-*"),
        reason="buildah builds an image here: what it makes it may run",
    ),
)
"""What is allowed unless somebody says otherwise."""


def read_allowances(content: bytes, place: str) -> tuple[Allowance, ...]:
    """
    Return the allowances of a file.

    Raises:
        UsageError: a mistake; the message begins with ``file:line:column``.
    """
    document = parse_typed(content, _Document, place)
    if document.mark != "1":
        raise UsageError(f"{place}: {MARK} must be 1", hint="another version is not known")
    if len(document.allow) > MAX_ALLOWED:
        raise UsageError(f"{place}: more than {MAX_ALLOWED} allowances")
    for number, one in enumerate(document.allow, 1):
        if not one.reason.strip():
            raise UsageError(f"{place}: allowance {number} has no reason")
        if not (one.paths or one.images or one.workloads or one.kinds):
            raise UsageError(f"{place}: allowance {number} would allow everything")
    return document.allow


def _any(patterns: tuple[Pattern[str], ...], text: str) -> bool:
    return any(one.match(text) for one in patterns)


@lru_cache(maxsize=4096)
def _pattern(glob: str) -> Pattern[str]:
    # `translate` makes possessive groups of `*`: no text makes them slow.
    return compiled(translate(glob))
