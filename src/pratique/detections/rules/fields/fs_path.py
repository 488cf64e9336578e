"""``fs.path.*``: the path that a call on files is about, whatever its arguments are called."""

from collections.abc import Sequence

from pratique.detections.rules.fields.field import Field, Kind, Source, or_none
from pratique.model.observation import Mounted, Opened, PathChanged


def _target(act: PathChanged) -> str | None:
    return act.new_path or act.new_given or None


def _raw(act: Opened | PathChanged) -> str | None:
    return act.given or act.path or None


def _field(name: str, doc: str, sources: dict[type | None, Source]) -> Field:
    return Field(name=f"fs.path.{name}", kind=Kind.TEXT, doc=doc, sources=sources)


_TARGET: dict[type | None, Source] = {PathChanged: Source("a", _target)}
_RAW: dict[type | None, Source] = {Opened: Source("a", _raw), PathChanged: Source("a", _raw)}

FIELDS: Sequence[Field] = (
    _field(
        "name",
        "the path",
        {
            Opened: Source("a.path", or_none),
            PathChanged: Source("a.path", or_none),
            Mounted: Source("a.path", or_none),
        },
    ),
    _field("nameraw", "the path as it was passed", _RAW),
    _field("source", "the old path", {PathChanged: Source("a.path", or_none)}),
    _field("sourceraw", "the old path as it was passed", {PathChanged: Source("a", _raw)}),
    _field("target", "the new path", _TARGET),
    _field("targetraw", "the new path as it was passed", _TARGET),
)
