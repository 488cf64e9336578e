"""``user.*`` and ``group.*`` say on whose behalf."""

from msgspec.structs import replace

from tests.detections.rules.fields.reading import read
from tests.makers.happenings import executed


def test_the_user_has_a_number_and_a_name_where_it_is_known() -> None:
    """The name is that of the container's own passwd."""
    seen = replace(executed("/x"), user="app")

    assert read(seen, "user.uid", "user.name", "group.gid", "group.name") == [0, "app", 0, "root"]
    assert read(executed("/x"), "user.name") == [None]


def test_who_logged_in_may_be_nobody() -> None:
    """The kernel's "not set" is -1, as rules ask for it."""
    assert read(executed("/x"), "user.loginuid") == [-1]
    seen = executed("/x")
    logged = replace(seen, process=replace(seen.process, login_uid=1000))
    assert read(logged, "user.loginuid", "user.loginname") == [1000, None]
    assert read(replace(logged, login_user="ann"), "user.loginname") == ["ann"]
    other = replace(seen, observation=replace(seen.observation, gid=5))
    assert read(other, "group.name") == [None]
