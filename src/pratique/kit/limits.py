"""
Bound everything that an image or a feed can make us do.

Every reader takes a ``Limits``; the defaults below are the documented ones
(docs/reference/limits.md is generated from the docstring under each field).
"""

from msgspec import Struct

MIB = 1 << 20


class Limits(Struct, frozen=True, kw_only=True):
    """The bounds of one scan. All sizes are bytes, all times seconds."""

    json_bytes: int = 8 * MIB
    """A manifest, index or config."""
    json_depth: int = 64
    """Nesting of objects and lists in any JSON of an image."""
    json_values: int = 3_000_000
    """Values in the JSON of one SBOM."""
    document_values: int = 1_000_000
    """Values in one JSON, TOML or YAML file of an image."""
    index_depth: int = 4
    """Indexes inside indexes."""
    manifests: int = 256
    """Manifests considered for one target."""
    layers: int = 512
    """Layers of one image."""
    blob_bytes: int = 32 << 30
    """One layer as stored."""
    tar_bytes: int = 64 << 30
    """One layer unpacked."""
    inflate_ratio: int = 400
    """Unpacked over stored bytes of one layer, once ``inflate_floor_bytes`` have come out."""
    inflate_floor_bytes: int = 256 * MIB
    """Unpacked bytes below which the ratio is not looked at."""
    zstd_window_bytes: int = 128 * MIB
    """Memory a zstd frame may ask for."""
    entries: int = 800_000
    """Entries of one layer."""
    names_bytes: int = 96 * MIB
    """All names, link targets and extended attributes of one layer."""
    path_bytes: int = 4096
    """One path (PATH_MAX of Linux)."""
    path_depth: int = 256
    """Parts of one path."""
    header_bytes: int = 1 * MIB
    """PAX header or GNU long name of one entry."""
    kept_file_bytes: int = 64 * MIB
    """One file kept for phase 2."""
    unit_file_bytes: int = 1024 * MIB
    """One file that a layer unit looks into (a program, an archive)."""
    unit_memory_bytes: int = 16 * MIB
    """Such a file held in memory; a larger one goes to an unnamed temporary file."""
    unit_layer_bytes: int = 16 << 30
    """All files that layer units look into, of one layer."""
    layer_packages: int = 50_000
    """Packages that layer units find in one layer."""
    image_packages: int = 100_000
    """Packages that layer units find in all layers of one image."""
    kept_layer_bytes: int = 192 * MIB
    """All files kept of one layer."""
    kept_memory_bytes: int = 64 * MIB
    """Kept files of one image held in memory; more goes to an unnamed temporary file."""
    kept_image_bytes: int = 1024 * MIB
    """All files kept of one image."""
    image_entries: int = 800_000
    """Entries of all layers of one image."""
    image_entry_bytes: int = 96 * MIB
    """All that is remembered of those entries."""
    symlink_hops: int = 40
    """Symlinks followed for one path (MAXSYMLINKS of Linux)."""
    packages: int = 100_000
    """Packages of one database."""
    owned_files: int = 1_000_000
    """Owned files recorded by one database."""
    dependencies: int = 500_000
    """What the packages found by one extractor say they need and offer, together."""
    zip_entries: int = 200_000
    """Entries of one zip archive."""
    zip_directory_bytes: int = 24 * MIB
    """The central directory of one zip archive: all names and what belongs to them."""
    archive_bytes: int = 1024 * MIB
    """What one archive unpacks to, the archives inside it included."""
    archive_depth: int = 5
    """Archives inside archives."""
    archive_archives: int = 10_000
    """Archives inside one archive, at any depth."""
    archive_lines: int = 1_500_000
    """Lines and tags of metadata read in one archive and those inside it."""
    file_spots: int = 100
    """Secrets, malware and licence texts reported of one file."""
    layer_spots: int = 10_000
    """The same of one layer."""
    image_spots: int = 20_000
    """Secrets and malware reported of one image."""
    layer_seconds: float = 300.0
    """CPU time of one layer worker."""
    image_seconds: float = 20.0
    """CPU time of all layer workers of one image, to which its stored size adds."""
    image_mib_seconds: float = 1.0
    """What each MiB of the stored layers adds to ``image_seconds``."""
    silent_seconds: float = 600.0
    """Time by the clock in which a layer worker neither takes nor gives a byte."""
    worker_memory_bytes: int = 256 * MIB
    """Address space a layer worker may grow by when it is alone."""
    workers_memory_bytes: int = 160 * MIB
    """What the workers that run beside each other may grow by, in equal shares."""
    result_bytes: int = 256 * MIB
    """What one layer worker may send back."""
    memory_bytes: int = 416 * MIB
    """What this process may grow by while it reads a target, its workers aside."""
    feed_bytes: int = 4 << 30
    """One file of an advisory feed as transferred."""
    feed_record_bytes: int = 64 * MIB
    """One record or member of an advisory feed, unpacked."""
    feed_records: int = 5_000_000
    """Records of one advisory feed for one shard."""


DEFAULT = Limits()
