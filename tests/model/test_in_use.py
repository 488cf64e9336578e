"""Two records of one file make one."""

from pratique.model.in_use import InUse, widened


def test_the_order_does_not_matter() -> None:
    one = InUse(digest="d", package="p", path="/p", first_ns=3, last_ns=4)
    other = InUse(digest="d", package="p", path="/p", first_ns=1, last_ns=2)
    assert widened(one, other) == widened(other, one)
    assert widened(one, one) == one
