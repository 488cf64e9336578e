from pratique.extractors.os._resolve import PROVIDERS, Installed, resolve
from pratique.model.package import OwnedFile


def test_a_name_beats_what_provides_it() -> None:
    """Alternatives are tried in order; the first that anything meets counts."""
    installed = [
        Installed("app", (("none", "mta"), ("postfix", "exim"), ("missing",))),
        Installed("exim", (), ("mta",)),
        Installed("postfix", (), ("mta",)),
    ]

    assert resolve(installed)[0] == ("exim", "postfix")


def test_a_path_is_met_by_its_owner() -> None:
    """A need of ``/bin/sh`` is met by the package that has the file."""
    installed = [
        Installed("script", (("/bin/sh",),)),
        Installed("busybox", files=(OwnedFile("bin/sh"),)),
    ]

    assert resolve(installed) == [("busybox",), ()]


def test_nobody_needs_itself() -> None:
    """A package that provides what it needs has no dependency on itself."""
    assert resolve([Installed("a", (("v",), ("a",)), ("v",))]) == [()]


def test_a_square_of_needs_and_providers_is_bounded() -> None:
    """Where all provide and need the same, each gets a few names."""
    everyone = [Installed(f"p{n}", (("v",),), ("v",)) for n in range(2000)]

    assert max(map(len, resolve(everyone))) <= PROVIDERS
