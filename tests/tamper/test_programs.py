"""Programs and libraries are told from what sound images leave out."""

import pytest

from pratique.tamper._programs import is_program


@pytest.mark.parametrize(
    "path",
    ["bin/sh", "usr/sbin/nginx", "usr/lib/x86_64-linux-gnu/libc.so.6", "lib/ld-musl-x86_64.so.1",
     "usr/lib64/engines/afalg.so", "usr/libexec/getconf"],
)  # fmt: skip
def test_programs(path: str) -> None:
    """By folder, or as a shared object below a folder of libraries."""
    assert is_program(path)


@pytest.mark.parametrize(
    "path",
    ["usr/share/doc/dash/README.source", "usr/share/man/man1/sh.1.gz", "etc/init.d/x",
     "usr/bin/sub/x", "usr/lib/python3/x.py", "usr/lib/x.socket", "home/a/lib.so", "bin"],
)  # fmt: skip
def test_all_else(path: str) -> None:
    """Documents, settings, data, and names that only contain ``.so``."""
    assert not is_program(path)
