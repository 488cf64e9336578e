"""
Say where the package databases lie that more than their extractor looks for.

Source: apk-tools (``src/database.c``), rpm (``%_dbpath`` of the distributions, and of CBL-Mariner's
distroless images the manifest).
"""

APK = ("lib/apk/db/installed", "usr/lib/apk/db/installed")
"""The databases of apk; of systems with a merged /usr the second."""
RPM_FOLDERS = ("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm")
_RPM_FILES = ("rpmdb.sqlite", "Packages.db", "Packages")
RPM_MANIFEST = "var/lib/rpmmanifest/container-manifest-2"
RPM = (*(f"{folder}/{name}" for folder in RPM_FOLDERS for name in _RPM_FILES), RPM_MANIFEST)
"""The databases of rpm, in the order in which they are looked for."""
