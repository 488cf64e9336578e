"""
Keep baselines in the data folder, by image digest, as the YAML files that people review.

::

    baselines/<digest in hexadecimal>/<workload>.yaml

Laws: a file is replaced whole or not at all; what is learnt anew is merged with what is there, whose
mode stays; a file that people broke is named, never overwritten. No name of a workload becomes a path.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from pratique.detections.baseline.merging import merged
from pratique.detections.baseline.naming import safe_name
from pratique.formats.baseline_document import read_baseline, write_baseline
from pratique.kit.whole_file import write_whole
from pratique.model.baseline import Baseline, Mode
from pratique.model.errors import StorageError, TargetError, UsageError

FOLDER = "baselines"
MAX_FILE_BYTES = 16 << 20
_MAX_FILES = 5000


def load_baselines(data_folder: Path) -> tuple[Baseline, ...]:
    """
    Return every baseline that is kept, by workload and digest.

    Raises:
        UsageError: a file has a mistake; the message begins with its place.
    """
    folder = data_folder / FOLDER
    files = sorted(folder.glob("*/*.yaml"))[:_MAX_FILES] if folder.is_dir() else []
    found = (read_baseline_file(one) for one in files)
    return tuple(sorted(found, key=lambda one: (one.workload, one.digest)))


def keep_baselines(data_folder: Path, baselines: Iterable[Baseline]) -> tuple[Path, ...]:
    """
    Keep baselines, each merged with what is kept of the same workload and image.

    Raises:
        StorageError: a file cannot be written.
        UsageError: a file that is there has a mistake.
    """
    return tuple(_keep(data_folder, one) for one in baselines)


def set_mode(data_folder: Path, baseline: Baseline, mode: Mode) -> Path:
    """
    Keep a baseline with another mode.

    Raises:
        StorageError: the file cannot be written.
    """
    path = _place(data_folder, baseline)
    write_baseline_file(path, replace(baseline, mode=mode))
    return path


def find_baseline(name: str, data_folder: Path) -> Baseline:
    """
    Return a baseline by its file, or by ``WORKLOAD`` or ``WORKLOAD@DIGEST`` of the kept ones.

    Raises:
        TargetError: there is none.
        UsageError: several fit, or the file has a mistake.
    """
    if Path(name).is_file():
        return read_baseline_file(Path(name))
    workload, _, digest = name.partition("@")
    fits = [
        one
        for one in load_baselines(data_folder)
        if one.workload == workload and one.digest.startswith(digest)
    ]
    if not fits:
        raise TargetError(
            f"no baseline of {name[:200]!r}",
            hint="`pratique baseline show` lists them; `pratique baseline learn` makes one",
        )
    if len(fits) > 1:
        digests = ", ".join(one.digest[:19] for one in fits[:5])
        raise UsageError(f"several images have a baseline of {workload!r}: {digests}")
    return fits[0]


def read_baseline_file(path: Path) -> Baseline:
    """
    Return the baseline in a file.

    Raises:
        TargetError: it cannot be read.
        UsageError: it has a mistake.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise TargetError(f"{path}: {error.strerror}") from None
    if len(content) > MAX_FILE_BYTES:
        raise UsageError(f"{path}: more than {MAX_FILE_BYTES} bytes")
    return read_baseline(content, str(path))


def write_baseline_file(path: Path, baseline: Baseline) -> None:
    """
    Write a baseline to a file, in place of what is there.

    Raises:
        StorageError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # What a workload does is told to its owner only: arguments may hold more than they should.
        write_whole(path, write_baseline(baseline), 0o600)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from None


def _keep(data_folder: Path, one: Baseline) -> Path:
    path = _place(data_folder, one)
    if path.is_file():
        before = read_baseline_file(path)
        one = replace(merged((before, one)), mode=before.mode)
    write_baseline_file(path, one)
    return path


def _place(data_folder: Path, one: Baseline) -> Path:
    image = one.digest.rpartition(":")[2]
    folder = image if image.isalnum() and len(image) >= 32 else "unknown"
    # Two names may have one safe form; the hash keeps them apart.
    mark = hashlib.sha256(one.workload.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return data_folder / FOLDER / folder / f"{safe_name(one.workload)}-{mark}.yaml"
