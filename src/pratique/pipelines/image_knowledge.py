"""Hand down what the store knows of images to whoever watches them run."""

from collections.abc import Callable
from typing import TypeVar

from pratique.kit.image_files import ImageFiles, unpack
from pratique.kit.store import Store
from pratique.model.errors import StorageError
from pratique.workloads.facts import ImageKnowledge

T = TypeVar("T")


def image_knowledge(
    store: Store, unread: Callable[[StorageError], None] = lambda _: None
) -> ImageKnowledge:
    """
    Return the answers of a store, which stays open as long as they are asked for.

    What cannot be read is as what is not known: an image is then judged without it, and a disk that
    fails never ends a watch; ``unread`` learns each time why.
    """

    def files(digest: str) -> ImageFiles | None:
        packed = store.files_of(digest)
        return unpack(packed) if packed is not None else None

    def read(ask: Callable[[str], T], otherwise: T) -> Callable[[str], T]:
        def answer(name: str) -> T:
            try:
                return ask(name)
            except StorageError as error:
                unread(error)
                return otherwise

        return answer

    return ImageKnowledge(
        read(store.digest_of, ""), read(store.verdict_of, None), read(files, None)
    )
