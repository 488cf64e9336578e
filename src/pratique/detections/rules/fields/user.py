"""``user.*`` and ``group.*``: on whose behalf."""

from collections.abc import Sequence

from pratique.detections.rules.fields.field import Field, Kind, field, missing, or_none

_UNSET = 0xFFFFFFFF


def _login(uid: int) -> int:
    return -1 if uid == _UNSET else uid


def _group(gid: int) -> str | None:
    return "root" if gid == 0 else None


FIELDS: Sequence[Field] = (
    field("user.uid", Kind.NUMBER, "o.uid", "the user's number"),
    field("user.name", Kind.TEXT, "e.user", "the user's name in the container", or_none),
    field("user.loginuid", Kind.NUMBER, "p.login_uid", "who logged in, -1 for nobody", _login),
    field("user.loginname", Kind.TEXT, "e.login_user", "its name on the node", or_none),
    field("group.gid", Kind.NUMBER, "o.gid", "the group's number"),
    field("group.name", Kind.TEXT, "o.gid", "the group's name; known for root alone", _group),
    missing("user.homedir", Kind.TEXT, "the home directory", "not read"),
    missing("user.shell", Kind.TEXT, "the login shell", "not read"),
)
