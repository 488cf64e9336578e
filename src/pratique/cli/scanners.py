"""Declare what to look for: the options that commands share which look into an image."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from pratique.cli.options import Reach, option
from pratique.cli.progress import Progress
from pratique.kit import clock, folders
from pratique.model.errors import UsageError
from pratique.model.spot import Scanner
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.scan_target import ScanSettings
from pratique.pipelines.update_db import DbSettings

Command = TypeVar("Command", bound=Callable[..., object])

SCANNERS = ("vuln", "secret", "malware", "config", "license")
"""What ``--scanners`` names."""
ALL = ",".join(SCANNERS)

KEY_VARIABLE = "PRATIQUE_FINGERPRINT_KEY"
"""The organisation's key for fingerprints: a variable only, as others can read a command line."""


class Looking(Reach, frozen=True, kw_only=True):
    """What ``target_options`` and ``scanner_options`` hand over; commands add their own fields."""

    scanners: str
    secrets_in_programs: bool
    heed_allow_comments: bool
    gitleaks_config: Path | None
    yara_rules: tuple[Path, ...]
    hash_list: tuple[Path, ...]
    clamd: str | None
    in_use: str | None
    offline: bool
    source: str | None
    max_age: float

    def scanned_for(self) -> frozenset[str]:
        """
        Return the scanners asked for: those named, and those whose own options are given.

        Raises:
            UsageError: there is no such scanner.
        """
        asked = frozenset(filter(None, (name.strip() for name in self.scanners.split(","))))
        unknown = sorted(asked - {*SCANNERS, "all"})
        if unknown or not asked:
            named = f"no scanner {unknown[0][:40]!r}" if unknown else "no scanner is named"
            raise UsageError(named, hint=f"scanners: {', '.join(SCANNERS)}, or all")
        if "all" in asked:
            return frozenset(SCANNERS)
        # Whoever says how to look for something wants it looked for: no option is without effect.
        if self.clamd or self.yara_rules or self.hash_list:
            asked |= {Scanner.MALWARE.value}
        if self.gitleaks_config or self.secrets_in_programs:
            asked |= {Scanner.SECRET.value}
        return asked

    def content_settings(self) -> ContentSettings:
        """
        Return what looks into files.

        Raises:
            UsageError: there is no such scanner.
        """
        wanted = self.scanned_for()
        return ContentSettings(
            scanners=frozenset(one for one in Scanner if one.value in wanted),
            cache_folder=folders.cache_folder(),
            data_folder=folders.data_folder(),
            fingerprint_key=os.environ.get(KEY_VARIABLE, ""),
            binaries=self.secrets_in_programs,
            heeding=self.heed_allow_comments,
            gitleaks_config=self.gitleaks_config,
            yara_rules=self.yara_rules,
            hash_lists=self.hash_list,
            clamd=self.clamd or "",
        )

    def scan_settings(self, progress: Progress) -> ScanSettings:
        """
        Return how to scan as far as every command says it; commands replace what is theirs.

        Raises:
            UsageError: there is no such scanner, or the platform is none.
        """
        now = clock.now()
        return ScanSettings(
            source=self.source_options(progress.bytes),
            now=now,
            database=DbSettings(
                folder=folders.cache_folder() / "advisories",
                source=self.source,
                offline=self.offline,
                max_age_s=self.max_age * 3600,
                now=now,
            ),
            scanners=self.scanned_for(),
            in_use=self.in_use or "",
            contents=self.content_settings(),
            config_at=now if "config" in self.scanned_for() else None,
            store_folder=folders.data_folder(),
            cache_folder=self.cache_folder(),
            workers=self.workers,
            plugins=self.plugins,
            progress=progress.step,
        )


def scanner_options(default: str) -> Callable[[Command], Command]:
    """Add what decides what to look for and by which data, with the scanners used unasked."""

    def decorate(function: Command) -> Command:
        for one in reversed(_options(default)):
            function = one(function)
        return function

    return decorate


def _options(default: str) -> "tuple[Callable[[Command], Command], ...]":
    return (
        option(
            "--scanners",
            default=default,
            metavar="LIST",
            help=f"What to look for, with commas: {', '.join(SCANNERS)}, or all.",
        ),
        option(
            "--secrets-in-programs",
            is_flag=True,
            help="Look for secrets in the strings of binaries too.",
        ),
        option(
            "--heed-allow-comments",
            is_flag=True,
            help="Let a secret stand where a comment in the image says `pratique:allow`.",
        ),
        option(
            "--gitleaks-config",
            type=Path,
            metavar="FILE",
            help="Heed this .gitleaks.toml: rules of your own and what to allow.",
        ),
        option(
            "--yara-rules",
            type=Path,
            multiple=True,
            metavar="DIR",
            help="Look for malware by these YARA rules too; may be repeated.",
        ),
        option(
            "--hash-list",
            type=Path,
            multiple=True,
            metavar="FILE",
            help="Report files with a hash (sha256, sha1, md5) of this list as malware; may be repeated.",
        ),
        option(
            "--clamd",
            metavar="SOCKET|HOST:PORT",
            help="Ask this clamd about programs and scripts too.",
        ),
        option(
            "--in-use",
            metavar="FILE|store",
            help="Mark flaws of packages that were seen at work: by this file, or by the store.",
        ),
        *_data_options(),
    )


def _data_options() -> "tuple[Callable[[Command], Command], ...]":
    return (
        option("--offline", is_flag=True, help="Fetch no advisory data; use what is here."),
        option("--source", metavar="URL|DIR", help="Take advisory data from this mirror."),
        option(
            "--max-age",
            type=click.FloatRange(min=0),
            default=24.0,
            metavar="HOURS",
            help="Refresh advisory data older than this.",
        ),
    )
