"""
Read a VEX document of any format we know, told from its content.

Law: what is not understood as a whole is refused; nothing is suppressed by a guess.
"""

from pratique.formats.documents.json import parse_json
from pratique.formats.vex.document import VexDocument
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError

_KNOWN = "OpenVEX, CycloneDX (JSON) and CSAF 2.0 are read"


def read_vex(content: bytes, place: str, limits: Limits = DEFAULT) -> VexDocument:
    """
    Return what a VEX document states; ``place`` names the file in reasons and reports.

    Raises:
        FormatError: none of the formats, or damaged.
    """
    try:
        members = parse_json(content, dict[str, object], limits).keys()
    except FormatError as error:
        raise FormatError(str(error), hint=_KNOWN) from None
    # The readers are loaded when their format shows up.
    if "bomFormat" in members:
        from pratique.formats.vex.cyclonedx_vex import read_cyclonedx_vex

        return read_cyclonedx_vex(content, place, limits)
    if "document" in members:
        from pratique.formats.vex.csaf import read_csaf

        return read_csaf(content, place, limits)
    if "@context" in members and "statements" in members:
        from pratique.formats.vex.openvex import read_openvex

        return read_openvex(content, place, limits)
    if members & {"predicate", "payload"}:
        raise FormatError("an attestation, not a VEX document", hint="take its predicate out first")
    raise FormatError("no VEX document", hint=_KNOWN)
