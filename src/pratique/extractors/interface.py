"""
Read packages: the one interface of this folder.

An extractor is a module with ``NAME``, ``VERSION``, ``PATTERNS`` and ``extract`` as in
``model.units.ImageUnit``. The functions below say the same thing the same way in all of them.
"""

from pratique.model.unknown import Stage, Unknown, Weight


def unreadable(unit: str, location: str, reason: str) -> Unknown:
    """Return the blocking Unknown for a package database that is there but cannot be read."""
    return Unknown(
        stage=Stage.EXTRACT, unit=unit, location=location, reason=reason, weight=Weight.BLOCKING
    )


def partly_read(unit: str, location: str, reason: str) -> Unknown:
    """Return the coverage Unknown for one record or file that was left out."""
    return Unknown(stage=Stage.EXTRACT, unit=unit, location=location, reason=reason)
