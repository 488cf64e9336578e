"""
List the packages that conda, mamba or pixi installed (``conda-meta/*.json`` of an environment).

Law: one record is one installed package, and the files it lists are owned by it (relative to the
environment, the folder above conda-meta). Other JSON in that folder (pixi's own) is no record.
Bounds: ``Limits.owned_files`` files.
Source: https://docs.conda.io/projects/conda/en/stable/dev-guide/api/conda/models/records/
(PrefixRecord); purl-spec, types/conda
"""

from msgspec import Struct, field

from pratique.extractors.conda._conda import channel_of, conda_url, names_of
from pratique.formats.documents.json import parse_json
from pratique.formats.packages.damaged import is_word
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, OwnedFile, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "conda_meta"
VERSION = 1
PATTERNS = Patterns(globs=("conda-meta/*.json",), max_bytes=64 << 20)
_OWN_FILES = frozenset(("pixi", "pixi_env_prefix", "frozen", "state", "pixi_environment"))
_FOLDER = "conda-meta/"


class _Path(Struct):
    path: str = field(name="_path", default="")
    sha256: str | None = None
    sha256_in_prefix: str | None = None

    @property
    def digest(self) -> str:
        # conda writes the environment's own path into some files: then the second is the file's.
        found = self.sha256_in_prefix or self.sha256
        return f"sha256:{found}" if found else ""


class _Paths(Struct):
    paths: list[_Path] = []


class _Record(Struct):
    name: str = ""
    version: str = ""
    build: str | None = None
    channel: object = None
    subdir: str | None = None
    license: str | None = None
    depends: list[str] | None = None
    files: list[str] | None = None
    paths_data: _Paths | None = None
    fn: str | None = None
    url: str | None = None


def extract_file(file: LayerFile) -> Extraction:
    """Return the package of one record and the files it owns."""
    name = file.path.rpartition("/")[2].removesuffix(".json")
    if name in _OWN_FILES:
        return Extraction()
    record = parse_json(file.content(), _Record)
    if not is_word(record.name) or not is_word(record.version):
        raise FormatError("the record has no name and version")
    package = _package(record)
    prefix = file.path.rpartition(_FOLDER)[0]
    return Extraction(packages=(package,), owned={package.key: _owned(record, prefix)})


def _package(record: _Record) -> Package:
    qualifiers = {
        "build": record.build or "",
        "channel": channel_of(record.channel, record.url or ""),
        "subdir": record.subdir or "",
    }
    return Package(
        type=PackageType.CONDA,
        name=record.name,
        version=record.version,
        purl=conda_url(record.name, record.version, qualifiers, record.fn or record.url or ""),
        licences=(record.license,) if record.license else (),
        depends=names_of(record.depends or []),
        origin=NAME,
    )


def _owned(record: _Record, prefix: str) -> tuple[OwnedFile, ...]:
    # paths_data says the digests; records of old conda have the names alone.
    paths = record.paths_data.paths if record.paths_data else []
    files = paths or [_Path(name) for name in record.files or []]
    if len(files) > DEFAULT.owned_files:
        raise LimitExceeded(f"more than {DEFAULT.owned_files} owned files (owned_files)")
    return tuple(OwnedFile(prefix + one.path, one.digest) for one in files if _inside(one.path))


def _inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")
