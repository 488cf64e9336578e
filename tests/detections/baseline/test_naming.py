"""A name is one that every profile can bear."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.baseline.naming import one_line, safe_name


@given(st.text())
def test_any_workload_has_one(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?", safe_name(text))
    assert one_line(text).isprintable()
