"""The base is the stored image with most of the lowest layers; claims and guesses come behind."""

from pathlib import Path

from msgspec.structs import replace

from pratique.kit.store import Store
from pratique.model.digest import sha256_of
from pratique.model.distro import Distro
from pratique.model.finding import Finding, FindingKind
from pratique.model.image import Descriptor, HistoryEntry, Image, ImageConfig, Layer
from pratique.model.package import LayerRef, Package, PackageType, Purl
from pratique.model.part import BaseImage, Part, Recognition
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.part_layers import catalogued, find_base, shares, split, with_base
from pratique.pipelines.store_inventory import store_report

NOW = "2026-11-22T00:00:00Z"
BASE_NAME = "org.opencontainers.image.base.name"
BASE_DIGEST = "org.opencontainers.image.base.digest"


def image(name: str, *layers: str, **config: object) -> Image:
    made = tuple(
        Layer(
            index=index,
            blob=Descriptor(media_type="x", digest=sha256_of(b"blob" + one.encode()), size_bytes=1),
            diff_id=sha256_of(one.encode()),
        )
        for index, one in enumerate(layers)
    )
    return Image(
        target=name,
        name=name,
        digest=sha256_of(name.encode()),
        config_digest=sha256_of(b"config" + name.encode()),
        config=ImageConfig(**config),  # type: ignore[arg-type]
        layers=made,
    )


def subject(one: Image, **more: object) -> Subject:
    given = {"kind": SubjectKind.IMAGE, "target": one.target, "digest": one.digest, "image": one}
    return Subject(**(given | more))  # type: ignore[arg-type]


def store_of(folder: Path, *images: Image) -> Store:
    store = Store(folder)
    for one in images:
        store_report(Report(tool_version="1", now=NOW, subjects=(subject(one),)), store)
    return store


def test_the_longest_stack_below_wins(tmp_path: Path) -> None:
    """Python's image is the base, not the Debian below it."""
    debian = image("debian:12", "os", created="2026-01-01")
    python = image("python:3.12", "os", "python", created="2026-02-01")
    with store_of(tmp_path, debian, python) as store:
        base = find_base(image("app", "os", "python", "app"), store)

    assert base is not None
    assert (base.how, base.layers, base.name) == (Recognition.LAYERS, 2, "python:3.12")
    assert base.digest == python.digest
    assert (base.created, base.guessed) == ("2026-02-01", False)


def test_no_image_is_its_own_base(tmp_path: Path) -> None:
    """Nor is one with the very same layers under another name, or one on top of it."""
    app = image("app", "os", "app")
    with store_of(
        tmp_path, app, image("again", "os", "app"), image("more", "os", "app", "x")
    ) as store:
        assert find_base(app, store) is None


def test_the_order_of_layers_and_what_lies_below_count(tmp_path: Path) -> None:
    """A layer on another stack is not the same base."""
    with store_of(tmp_path, image("one", "a", "b")) as store:
        assert find_base(image("app", "b", "a", "app"), store) is None
        assert find_base(image("app", "x", "a", "b"), store) is None


def test_all_names_of_a_base_are_told(tmp_path: Path) -> None:
    """The oldest gives the digest."""
    old = image("debian:12", "os", created="2026-01-01")
    new = image("debian:bookworm", "os", created="2026-03-01")
    with store_of(tmp_path, new, old) as store:
        base = find_base(image("app", "os", "app"), store)

    assert base is not None
    assert (base.name, base.names) == ("debian:12", ("debian:12", "debian:bookworm"))


def test_layers_that_were_not_read_prove_nothing(tmp_path: Path) -> None:
    """Their diff IDs are only claims; such an image is not kept either."""
    debian, app = image("debian:12", "os"), image("app", "os", "app")
    blob = debian.layers[0].blob.digest
    unread = Unknown(stage=Stage.LAYER, unit="x", location=blob, reason="y", weight=Weight.BLOCKING)
    with store_of(tmp_path, debian) as store:
        assert with_base(subject(app), store).base is not None
        assert with_base(subject(app, unknowns=(unread,)), store).base is None
    assert catalogued(subject(debian, unknowns=(unread,)), NOW) is None


def test_a_label_is_a_claim(tmp_path: Path) -> None:
    """The annotation of the manifest counts before the label of the config."""
    app = image("app", "os", "app", labels={BASE_NAME: "debian:11"})
    app = replace(app, annotations={BASE_NAME: "debian:12", BASE_DIGEST: sha256_of(b"d")})
    base = find_base(app, None)

    assert base is not None
    assert (base.how, base.name, base.digest) == (Recognition.LABEL, "debian:12", sha256_of(b"d"))
    assert (base.layers, base.guessed) == (0, False)


def test_a_label_that_the_catalogue_refutes_is_not_repeated(tmp_path: Path) -> None:
    """The image of that digest has other layers."""
    debian = image("debian:12", "os")
    labels = {BASE_NAME: "debian:12", BASE_DIGEST: debian.digest}
    with store_of(tmp_path, debian) as store:
        assert find_base(image("app", "other", "app", labels=labels), store) is None


def test_a_digest_that_is_none_is_left_out() -> None:
    """A label may hold anything."""
    base = find_base(
        image("app", "a", "b", labels={BASE_NAME: "x", BASE_DIGEST: "sha256:zz"}), None
    )

    assert base is not None
    assert base.digest is None


def test_the_history_is_a_guess() -> None:
    """Named as one."""
    history = (
        HistoryEntry(created_by="# debian.sh"),
        HistoryEntry(created_by='CMD ["bash"]', empty_layer=True),
        HistoryEntry(created_by="RUN make"),
    )
    base = find_base(image("app", "os", "app", history=history), None)

    assert base == BaseImage(how=Recognition.HISTORY, layers=1, guessed=True)
    assert find_base(image("app", "os", "app"), None) is None


def ref(index: int) -> LayerRef:
    return LayerRef(index=index, blob=sha256_of(b"b"), diff_id=sha256_of(b"d"))


def package(name: str, layer: LayerRef | None) -> Package:
    return Package(type=PackageType.DEB, name=name, version="1", purl=Purl(name), layer=layer)


def finding(name: str, **more: object) -> Finding:
    given = {"id": name, "kind": FindingKind.CONFIG, "rule": name} | more
    return Finding(**given)  # type: ignore[arg-type]


def test_everything_is_told_apart_by_its_layer() -> None:
    """A finding without a layer is where its package is."""
    base = BaseImage(how=Recognition.LAYERS, layers=1)
    packages = (package("low", ref(0)), package("high", ref(1)), package("none", None))
    findings = (
        finding("in-low", package="low"),
        finding("in-high", package="high", layer=ref(1)),
        finding("by-layer", layer=ref(0)),
        finding("nowhere"),
        finding("quiet", layer=ref(0), suppressed="accepted"),
    )
    told = split(
        subject(image("app", "os", "app"), base=base, packages=packages, findings=findings)
    )

    assert [one.part for one in told.packages] == [Part.BASE, Part.APP, Part.UNKNOWN]
    assert [one.part.value for one in told.findings] == ["base", "app", "base", "", "base"]
    assert {part: (one.packages, one.findings) for part, one in shares(told).items()} == {
        Part.BASE: (1, 2),
        Part.APP: (1, 1),
        Part.UNKNOWN: (1, 1),
    }


def test_telling_apart_again_without_a_base_forgets() -> None:
    """So a stale word never stays."""
    base = BaseImage(how=Recognition.LAYERS, layers=1)
    told = split(subject(image("app", "os"), base=base, packages=(package("p", ref(0)),)))

    assert split(replace(told, base=None)).packages[0].part is Part.UNKNOWN


def test_what_is_no_image_is_left_alone(tmp_path: Path) -> None:
    """A folder has no layers."""
    folder = Subject(kind=SubjectKind.DIRECTORY, target="/x")

    assert with_base(folder, Store(tmp_path)) is folder
    assert catalogued(folder, NOW) is None


def test_the_catalogue_keeps_what_the_image_says_of_itself(tmp_path: Path) -> None:
    """And how it was called."""
    one = image("debian:12", "os", labels={"b": "2", "a": "1"}, created="2026-01-01")
    kept = catalogued(subject(one, distro=Distro(id="debian", version="12")), NOW)

    assert kept is not None
    assert (kept.target, kept.distro, kept.layers) == ("debian:12", "debian 12", 1)
    assert kept.labels == (("a", "1"), ("b", "2"))
