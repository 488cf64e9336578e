from pratique.extractors.os._qualifiers import qualifiers
from pratique.model.distro import Distro


def test_the_distro_is_named_with_its_release() -> None:
    """The version, else the codename, else the id alone; nothing without a distro."""
    assert qualifiers("x", Distro(id="a", version="1", codename="c"))["distro"] == "a-1"
    assert qualifiers("x", Distro(id="a", codename="c"))["distro"] == "a-c"
    assert qualifiers("x", Distro(id="a"))["distro"] == "a"
    assert qualifiers("x", None) == {"arch": "x"}
