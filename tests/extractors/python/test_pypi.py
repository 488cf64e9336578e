"""Read markers and file names of Python."""

import pytest

from pratique.extractors.python._pypi import elsewhere, pinned_in_file_name


@pytest.mark.parametrize(
    ("marker", "away"),
    [
        ("sys_platform == 'win32'", True),
        ("'darwin' == sys_platform", True),
        ('python_version >= "3.8" and platform_system == "Windows"', True),
        ("(os_name == 'nt')", True),
        ("sys_platform == 'linux'", False),
        ("sys_platform != 'win32'", False),
        ("sys_platform == 'win32' or python_version < '3'", False),
        ("extra == 'win32'", False),
        ("sys_platform == 'win32'" + " " * 5000, False),
        ("", False),
    ],
)
def test_only_a_plain_comparison_shows_it(marker: str, away: bool) -> None:
    """Anything else may hold on Linux."""
    assert elsewhere(marker) is away


@pytest.mark.parametrize(
    ("url", "pin"),
    [
        ("https://x/a-1.0-py3-none-any.whl#sha256=0", ("a", "1.0")),
        ("https://x/a-1.0%2Bcu118-1-cp39-cp39-linux_x86_64.whl?x", ("a", "1.0+cu118")),
        ("https://x/a-1.0.tar.gz", ("", "")),
        ("a.whl", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_wheel_says_name_and_version(url: str, pin: tuple[str, str]) -> None:
    """Five or six parts; other archives do not."""
    assert pinned_in_file_name(url) == pin
