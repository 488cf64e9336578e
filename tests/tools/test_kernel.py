"""The kernel for virtual machines is the one that Debian's meta package names."""

from pathlib import Path

from tools.kernel import other_machine, package_of

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


def test_the_package_of_another_machine() -> None:
    """Each machine has its own; apt is told to keep what it knows of it apart."""
    assert package_of(SAID, "arm64") == ""
    assert package_of(SAID.replace("amd64", "arm64"), "arm64").endswith("-cloud-arm64")


def test_lists_of_another_machine_are_kept_apart(tmp_path: Path) -> None:
    """Nothing of the node's own state is read or written."""
    options = other_machine(tmp_path)

    assert options[::2] == ["-o"] * (len(options) // 2)
    assert [one for one in options if one.startswith("Dir::") and str(tmp_path) not in one] == []
    assert (tmp_path / "status").read_bytes() == b""
