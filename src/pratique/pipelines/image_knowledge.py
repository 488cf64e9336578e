"""Hand down what the store knows of images to whoever watches them run."""

from pratique.kit.image_files import ImageFiles, unpack
from pratique.kit.store import Store
from pratique.model.errors import StorageError
from pratique.workloads.facts import ImageKnowledge


def image_knowledge(store: Store) -> ImageKnowledge:
    """
    Return the answers of a store, which stays open as long as they are asked for.

    Files that cannot be read are files that are not known: an image is then judged without them.
    """

    def files(digest: str) -> ImageFiles | None:
        try:
            packed = store.files_of(digest)
            return unpack(packed) if packed is not None else None
        except StorageError:
            return None

    return ImageKnowledge(store.digest_of, store.verdict_of, files)
