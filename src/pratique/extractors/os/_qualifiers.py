"""Write the qualifiers that package URLs of operating systems share."""

from pratique.model.distro import Distro


def qualifiers(arch: str, distro: Distro | None) -> dict[str, str]:
    """
    Return ``arch`` and ``distro`` (``debian-12``; the codename where there is no version).

    >>> qualifiers("amd64", Distro(id="debian", codename="sid"))
    {'arch': 'amd64', 'distro': 'debian-sid'}
    """
    if distro is None:
        return {"arch": arch}
    release = distro.version or distro.codename
    return {"arch": arch, "distro": f"{distro.id}-{release}" if release else distro.id}
