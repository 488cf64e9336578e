"""The kernel for virtual machines is the one that Debian's meta package names."""

from tools.kernel import package_of

SAID = """\
linux-image-cloud-amd64
  Depends: linux-image-6.1.0-56-cloud-amd64
  Conflicts: linux-image-x
"""


def test_the_package() -> None:
    """Unsigned and debug packages are others; without the meta package there is none."""
    assert package_of(SAID) == "linux-image-6.1.0-56-cloud-amd64"
    assert package_of(SAID.replace("amd64\n", "amd64-dbg\n")) == ""
    assert package_of("") == ""
