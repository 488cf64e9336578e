"""Prove that a version is taken only where it is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.go._versions import main_version, toolchain_version
from pratique.formats.programs.go_buildinfo import Module


@pytest.mark.parametrize(
    ("go", "version"),
    [
        ("go1.22.0", "1.22.0"),
        ("go1.4", "1.4"),
        ("go1.22rc1", "1.22rc1"),
        ("go1.21.0 X:boringcrypto,rangefunc", "1.21.0"),
        ("go1.20.6-microsoft", "1.20.6"),
        ("go1.25.1-1 X:systemcrypto", "1.25.1"),
        ("go1.19.13 (Red Hat 1.19.13-1.el8_9)", "1.19.13"),
        ("go1.22-20240109-RC01 cl/596839654 +blah", "1.22"),
        ("go1.9.2+bigsur", "1.9.2"),
        ("devel +0123456789 Mon Jan 1", ""),
        ("devel go1.22-5d4b5b5 Tue Nov 7", ""),
        ("go1.19.3b7", ""),
        ("unknown", ""),
        ("gccgo 12", ""),
    ],
)
def test_the_release_a_toolchain_was_made_from(go, version):
    """Vendors and experiments add to it; what is between releases has none."""
    assert toolchain_version(go) == version


@pytest.mark.parametrize(
    ("flags", "version"),
    [
        ("-s -w -X main.version=1.2.3", "1.2.3"),
        ("-X 'main.Version=v1.2.3'", "v1.2.3"),
        ("-X=a.b/m/internal/build.Version=v1.2.3 -X a.b/m.commit=9.9.9", "v1.2.3"),
        ("-X main.version=1.2.3 -X a.b/m/x.Version=v1.2.3", "1.2.3"),
        ("-X k8s.io/component-base/version.gitVersion=v1.28.1", "v1.28.1"),
        ("-X main.version=1.2.3 -X other.org/lib.Version=9.9.9", "1.2.3"),
        ("-X main.version=1.2.3 -X a.b/m/x.Version=1.2.4", "(devel)"),
        ("-X other.org/a.Version=1.2.3 -X other.org/b.Version=1.2.4", "(devel)"),
        ("-X main.version=dev", "(devel)"),
        ("-X main.version=1.2", "(devel)"),
        ("-X main.turboVersion=1.2.16", "(devel)"),
        ("-X 'main.version=1.2.3", "(devel)"),
        ("-X", "(devel)"),
        ("", "(devel)"),
    ],
)
def test_the_release_that_the_linker_was_told(flags, version):
    """One number, of a variable named for it; the program's own before its libraries'."""
    found = main_version(Module("a.b/m", "(devel)"), {"-ldflags": flags})

    assert found == (version, version != "(devel)")


@given(st.text(max_size=80))
def test_any_flags_are_read_or_left(flags):
    """Never an error."""
    main_version(Module("a.b/m", "(devel)"), {"-ldflags": "-X " + flags})
    toolchain_version(flags)
