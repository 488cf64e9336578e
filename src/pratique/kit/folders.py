"""
Say where things are kept.

The *cache* may be dropped at any time (layer facts, advisory shards); the *data* folder is durable
(reports, verdicts, baselines). ``PRATIQUE_CACHE_DIR`` and ``PRATIQUE_DATA_DIR`` win over the
platform's own places.
"""

import os
from collections.abc import Mapping
from pathlib import Path


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what can be made again; it may not exist yet."""
    return _chosen("PRATIQUE_CACHE_DIR", "user_cache_path", environ)


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what must last; it may not exist yet."""
    return _chosen("PRATIQUE_DATA_DIR", "user_data_path", environ)


def _chosen(variable: str, platform_place: str, environ: Mapping[str, str]) -> Path:
    chosen = environ.get(variable)
    if chosen:
        return Path(chosen)
    import platformdirs  # only where no variable decides: 10 ms

    place: Path = getattr(platformdirs, platform_place)("pratique", appauthor=False)
    return place
