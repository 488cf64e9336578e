"""
Provide the content scanners that were asked for, each imported only then.
"""

from pathlib import Path

from msgspec import Struct

from pratique.kit.limits import Limits
from pratique.model.content import ContentScanner
from pratique.model.errors import FormatError, UsageError
from pratique.model.spot import Scanner
from pratique.pipelines.scan_contents import NO_CONTENTS, Contents


class ContentSettings(Struct, frozen=True, kw_only=True):
    """
    What to look for in files, and how.

    ``cache_folder`` keeps compiled rules, None compiles them anew; ``data_folder`` holds the key of
    fingerprints, unless ``fingerprint_key`` gives one. ``binaries`` looks for secrets in the strings
    of programs too; ``heeding`` lets secrets stand on lines with a comment that says so, and
    ``folders_heed`` does in folders, whose author is mostly who scans them;
    ``gitleaks_config`` is a file of rules and allowances; ``yara_rules`` are folders,
    ``hash_lists`` files, ``clamd`` the address of a scanner to ask.
    """

    scanners: frozenset[Scanner] = frozenset()
    cache_folder: Path | None = None
    data_folder: Path | None = None
    fingerprint_key: str = ""
    binaries: bool = False
    heeding: bool = False
    folders_heed: bool = True
    gitleaks_config: Path | None = None
    yara_rules: tuple[Path, ...] = ()
    hash_lists: tuple[Path, ...] = ()
    clamd: str = ""


def load_contents(settings: ContentSettings, limits: Limits) -> Contents:
    """
    Return the scanners.

    Raises:
        UsageError: rules of the user's own cannot be understood, or clamd does not answer.
    """
    if not settings.scanners:
        return NO_CONTENTS
    rules = settings.cache_folder / "rules" if settings.cache_folder else None
    scanners: list[ContentScanner] = []
    problems: list[str] = []
    if Scanner.SECRET in settings.scanners:
        scanners.append(_secrets(settings, rules, problems))
    if Scanner.MALWARE in settings.scanners:
        scanners.append(_malware(settings, rules))
    if Scanner.LICENCE in settings.scanners:
        from pratique.licences.scanner import LicenceScanner

        scanners.append(LicenceScanner())
    return Contents(scanners, limits, problems)


def _secrets(settings: ContentSettings, folder: Path | None, problems: list[str]) -> ContentScanner:
    from pratique.secrets.scanner import SecretScanner

    place, found = settings.gitleaks_config, None
    if place is not None:
        from pratique.formats.documents.toml import parse_toml
        from pratique.formats.ignore.gitleaks_toml import read_gitleaks_toml
        from pratique.secrets.gitleaks import with_gitleaks
        from pratique.secrets.rules import all_rules

        try:
            config = read_gitleaks_toml(parse_toml(_content(place)), str(place))
        except FormatError as error:
            raise UsageError(f"{place}: {error}", hint="mend the file, or leave it out") from None
        problems += config.problems
        found = with_gitleaks(all_rules(), config)
    return SecretScanner(found, binaries=settings.binaries, heeding=settings.heeding, cache=folder)


def _malware(settings: ContentSettings, folder: Path | None) -> ContentScanner:
    from pratique.malware.hash_lists import parse_hash_lists
    from pratique.malware.scanner import MalwareScanner
    from pratique.malware.user_rules import read_rules

    texts = [text for place in settings.yara_rules for text in read_rules(place)]
    if settings.clamd:
        from pratique.malware.clamd import Clamd

        Clamd(settings.clamd).version()  # that it does not answer is said before the scan
    lists = [(str(place), _content(place)) for place in settings.hash_lists]
    return MalwareScanner(texts, parse_hash_lists(lists), folder)


def _content(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror}") from None
