"""An image is known by what engines call it; what the store does not know is unknown."""

from pratique.kit.image_files import FileRow, hold
from pratique.model.stored import StoredVerdict
from pratique.model.workload import ImageFacts, Workload
from pratique.workloads.facts import MOST_HELD, ImageKnowledge


def knowledge(names, asked=None):
    """Return what is known of the images that ``names`` leads to."""
    held = {one: hold([FileRow(f"/{one}")]) for one in set(names.values())}

    def files(digest):
        if asked is not None:
            asked.append(digest)
        return held.get(digest)

    def verdict(digest):
        return StoredVerdict(digest=digest, answer="warn", judged="1970-01-01T00:00:02Z")

    return ImageKnowledge(lambda name: names.get(name, ""), verdict, files)


def test_facts():
    """The config's digest counts before the manifest's: it names one image only."""
    known = knowledge({"c": "m1", "i": "m2"})
    assert known.facts(Workload(id="a", engine="x", image_id="c", digest="i")) == ImageFacts(
        digest="m1", verdict="warn", judged_ns=2 * 10**9
    )
    found = known.facts(Workload(id="a", engine="x", image_id="none", digest="i"))
    assert found is not None
    assert found.digest == "m2"
    assert known.facts(Workload(id="a", engine="x")) is None


def test_files():
    """By any name; what is not there is asked for once, until it is asked anew."""
    asked = []
    names = {"c": "m", "m": "m"}
    known = knowledge(names, asked)
    for name in ("c", "m", "c", "m"):
        index = known.of(name)
        assert index is not None
        assert index.has("/m")
    assert len(asked) == 1
    assert known.of("x") is known.of("") is None
    names["x"] = "m"
    assert known.of("x") is None
    known.refresh()
    assert known.of("x") is not None


def test_bounds():
    """The files of a few images are held; the others are read again."""
    asked = []
    names = {f"m{number}": f"m{number}" for number in range(MOST_HELD + 1)}
    known = knowledge(names, asked)
    for name in names:
        known.of(name)
    known.of("m1")
    assert len(asked) == MOST_HELD + 1
    known.of("m0")
    assert len(asked) == MOST_HELD + 2
