"""
Find archives that are two things at once, or show other members to one reader than to the next.

Told are: a file named like a zip archive (jar, wheel, egg …) whose bytes contradict its central
directory: a program or picture before it, bytes behind it, a second directory, local headers with
other names, members that overlap; a picture or document (PNG, JPEG, GIF, PDF) that is a zip archive
as well; a gzip file that is a tar archive as it stands; and a layer with data behind the end of its
tar archive. Self-executing archives are no lie: a shell script before a jar, and a program with
an archive behind it that is not named like an archive, are left alone. None of 2,333 real archives
(jars, wheels, zips; 766,000 members) showed any of this but the damaged samples of a zip library.
Duplicate names are not told: build tools make them.
"""

from collections.abc import Iterable

from pratique.formats.tar.walker import BEHIND_END
from pratique.formats.zip.archive import ZipArchive
from pratique.formats.zip.oddities import OddityKind
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, Sign
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting, per_layer
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Stage, Unknown
from pratique.tamper.interface import Scene

NAME = "polyglot-archive"
VERSION = 1
TITLE = "a file is two things at once, or shows readers different members"
SEVERITY = Severity.MEDIUM
RULES = {
    NAME: (
        "A file is an archive and something else at once, or its parts contradict each other, so "
        "that one program finds other members in it than the next: a picture that is a zip file, a "
        "jar behind a program or with bytes behind its end, members whose local headers have other "
        "names than the central directory, a layer with data behind the end of its archive. Build "
        "tools make none of these; they serve to bring code past a check. The evidence says what "
        "contradicts what. Look at the file before you run the image. Self-executing archives (a "
        "shell script before a jar, a program with its data behind it) are not told."
    )
}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"%PDF-")
_ZIPS = (
    ".jar", ".war", ".ear", ".par", ".sar", ".nar", ".jpi", ".hpi", ".kar", ".aar",
    ".whl", ".egg", ".zip", ".nupkg", ".apk", ".xpi", ".vsix",
)  # fmt: skip
_TARBALLS = (".tar.gz", ".tgz")
PATTERNS = Patterns(
    suffixes=(*_ZIPS, *_TARBALLS), magics=_PICTURES, max_bytes=DEFAULT.unit_file_bytes
)
_EMPTY_ZIP = "PK\x05\x06" + "\0" * 18
_NULS = "\0" * 16
_MEMBER = "\x0a" + "\0" * 9 + "\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x01\0"
_ZIP = (
    f"PK\x03\x04{_MEMBER}\0\0ax"
    f"PK\x01\x02\x0a\0{_MEMBER}{_NULS}a"
    "PK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x20\0\0\0\0\0"
)
"""An archive of one stored member, ``a``, that holds ``x``."""
FIRES = (
    ((("srv/app.jar", "\x7fELF" + "\0" * 60 + _EMPTY_ZIP),),),
    ((("srv/app.jar", _ZIP + "more"),),),
    ((("srv/app.jar", _ZIP.replace("\0\0ax", "\0\0bx")),),),
    ((("srv/logo.gif", "GIF89a" + "\0" * 60 + _EMPTY_ZIP),),),
    ((("srv/x.tgz", "\x1f\x8b" + "x" * 255 + "ustar\x0000" + "\0" * 400),),),
)
SILENT = (
    ((("srv/app.jar", _ZIP), ("srv/empty.zip", _EMPTY_ZIP)),),
    ((("srv/run.jar", "#!/bin/sh\nexec java -jar $0\n" + _EMPTY_ZIP),),),
    ((("usr/bin/tool", "\x7fELF" + "\0" * 60 + _EMPTY_ZIP),),),
    ((("srv/logo.gif", "GIF89a" + "\0" * 60),),),
    ((("srv/app.jar", "not a zip archive at all"),),),
)
_MOST = 10
_WORDS = {
    OddityKind.LEADING_DATA: "something else stands before the archive",
    OddityKind.TRAILING_DATA: "something stands behind the end of the archive",
    OddityKind.SEVERAL_ENDS: "the archive has several ends",
    OddityKind.COUNT: "the archive counts other members than it has",
    OddityKind.OVERLAP: "members share bytes",
    OddityKind.NAME: "a member has another name in its own header",
    OddityKind.NO_HEADER: "a member has no header where the directory says",
}


def extract_file(file: LayerFile) -> Extraction:
    """Return what contradicts itself in one file; no packages."""
    head = file.read(0, 512)
    if file.path.endswith(_TARBALLS):
        is_both = head.startswith(b"\x1f\x8b") and head[257:262] == b"ustar"
        return _signs(["a gzip file that is a tar archive as it stands"] if is_both else [])
    try:
        archive = ZipArchive(file.open())
        if head.startswith(_PICTURES):
            return _signs(["a picture or document that is a zip archive too"])
        odd = [one for one in archive.oddities if one.kind in _WORDS]
    except LimitExceeded as error:
        unknown = Unknown(stage=Stage.EXTRACT, unit=NAME, location="", reason=str(error))
        return Extraction(unknowns=(unknown,))
    except FormatError:
        return Extraction()  # no zip archive: whoever wants one here says so
    return _signs([f"{_WORDS[one.kind]} ({one.detail[:100]})" for one in odd])


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with such files, or with data behind its own end."""
    places = [
        (place.layer, Place(place.path, place.reason))
        for place in scene.ambiguous
        if place.reason == BEHIND_END
    ]
    refs = scene.tree.refs
    for path, sign in scene.signs:
        if sign.rule == NAME:
            layer = scene.tree.layer_of(path)
            places.append((layer.index if layer else 0, Place(sign.location, sign.note)))
    return per_layer(places, refs)


def _signs(notes: list[str]) -> Extraction:
    return Extraction(signs=tuple(Sign(NAME, "", note) for note in notes[:_MOST]))
