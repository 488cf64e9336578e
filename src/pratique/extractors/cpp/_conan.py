"""
Read Conan's references: ``name/version@user/channel#recipe-revision%time:package-id``.

Source: https://docs.conan.io/2/reference/conanfile/attributes.html#package-reference
"""

from pratique.extractors._pins import Pin
from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import language_purl
from pratique.model.package import PackageType, Scope


def pin_of(reference: str, scope: Scope, depends: tuple[str, ...] = ()) -> Pin | None:
    """
    Return the pin of a reference, or None if it is none or names a range of versions.

    >>> pin = pin_of("zlib/1.2.13@bin/stable#97d5730b%1678", Scope.RUNTIME)
    >>> pin and (pin.name, pin.version, pin.purl)
    ('zlib', '1.2.13', 'pkg:conan/zlib@1.2.13?channel=stable&user=bin')
    >>> pin_of("zlib/[>=1.2]", Scope.RUNTIME) is None
    True
    """
    bare = reference.partition("#")[0].partition("%")[0].partition(":")[0].strip()
    package, _, owner = bare.partition("@")
    name, slash, version = package.partition("/")
    user, _, channel = owner.partition("/")
    if not slash or version.startswith("[") or not (is_word(name) and is_word(version)):
        return None
    own = {"user": user.replace("_", "", 1) if user == "_" else user, "channel": channel}
    if channel == "_":
        own["channel"] = ""
    purl = language_purl(PackageType.CONAN, name, version, own)
    return Pin(
        type=PackageType.CONAN, name=name, version=version, scope=scope, depends=depends, purl=purl
    )
