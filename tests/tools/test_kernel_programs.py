"""The kernel's programs that are shipped are those of bpf/, byte for byte."""

from tests.conftest import missing
from tools import kernel_programs


def test_the_shipped_object_is_what_the_sources_say() -> None:
    """Built anew by the same compiler it is the same bytes."""
    lacking = kernel_programs.why_not()
    if lacking:
        missing("clang", lacking)

    assert kernel_programs.build() == kernel_programs.OBJECT.read_bytes()
