"""Read an ignore file of any format."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.ignore.reading import read_ignore_file
from pratique.model.errors import FormatError

FILES = {
    ".trivyignore": b"CVE-1",
    ".trivyignore.yaml": b"vulnerabilities: [{id: CVE-1}]",
    ".dockleignore": b"# accepted\nCVE-1",
    ".grype.yaml": b"ignore: [{vulnerability: CVE-1}]",
    ".gitleaksignore": b"a/b.env:CVE-1:3",
    "osv-scanner.toml": b'[[IgnoredVulns]]\nid = "CVE-1"',
    "x.yaml": b"pratique-exceptions: 1\nexceptions: [{id: CVE-1, owner: o, reason: r, expires: 2030-01-01}]",
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_format_is_told_from_name_and_content(name: str) -> None:
    """One rule each, about the same flaw."""
    (one,) = read_ignore_file(FILES[name], name).rules
    assert one.names == ("CVE-1",)


def test_empty_files_have_no_rules() -> None:
    """Also a configuration of Grype that ignores nothing."""
    for name, content in ((".trivyignore", b""), (".grype.yaml", b"output: json"), ("a.yml", b"")):
        assert read_ignore_file(content, name).rules == ()


def test_other_yaml_is_refused() -> None:
    """It would be silently without effect."""
    with pytest.raises(FormatError):
        read_ignore_file(b"services: {}", "compose.yaml")


def test_a_plain_list_loads_no_yaml() -> None:
    """Nor TOML."""
    code = (
        "import sys; from pratique.formats.ignore.reading import read_ignore_file as r;"
        "r(b'CVE-1', '.trivyignore'); sys.exit(bool({'yaml', 'tomllib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(name=st.sampled_from(sorted(FILES)), at=st.integers(0, 100), put=st.binary(max_size=6))
def test_damage_is_refused_or_read(name: str, at: int, put: bytes) -> None:
    """Nothing but FormatError escapes."""
    content = FILES[name]
    at %= len(content)
    try:
        read_ignore_file(content[:at] + put + content[at:], name)
    except FormatError:
        pass
