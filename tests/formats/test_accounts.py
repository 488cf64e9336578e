"""Account files are read row by row; what is no row is passed over."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.accounts import read_group, read_passwd, read_shadow

PASSWD = b"""\
# comment
root:x:0:0:root:/root:/bin/ash
damaged:x:1
svc:x:100:101::/var/empty:/sbin/nologin
odd:x:abc:-1::/:
+nis::::::
"""


def test_passwd() -> None:
    """Rows know their line; ids that are no numbers are -1; comments and NIS marks are no rows."""
    root, svc, odd = read_passwd(PASSWD)

    assert (root.line, root.name, root.uid, root.can_log_in) == (2, "root", 0, True)
    assert (svc.gid, svc.can_log_in) == (101, False)
    assert (odd.uid, odd.gid, odd.can_log_in) == (-1, -1, True)


def test_shadow_and_group() -> None:
    """Short rows of shadow do, those of group need all four fields."""
    assert [row.password for row in read_shadow(b"root::0\nann:*:1\nx")] == ["", "*"]
    assert [row.gid for row in read_group(b"wheel:x:10:root\nbad:x:1")] == [10]


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    """Hostile files give rows or none, never an exception."""
    for row in (*read_passwd(content), *read_shadow(content), *read_group(content)):
        assert row.name
        assert row.line >= 1
