"""Name the distribution an image is built from."""

from msgspec import Struct


class Distro(Struct, frozen=True, kw_only=True):
    """
    What os-release says, plus what we made of it.

    ``id`` is lower case as in os-release (``debian``, ``ubuntu``, ``alpine``, ``rhel``,
    ``centos``, ``sles``, ``mariner``, ``azurelinux``, ``amzn``…), ``version`` its VERSION_ID as
    written, ``like`` the ID_LIKE parents nearest first. ``location`` is the file it was read from.
    """

    id: str
    version: str = ""
    codename: str = ""
    name: str = ""
    like: tuple[str, ...] = ()
    variant: str = ""
    cpe: str = ""
    location: str = ""
