"""Know the files of an image, as an index of the store would."""

from pratique.model.image_index import ImageIndex
from tests.makers.happenings import DIGEST

BASH = "pkg:deb/debian/bash@5.2.15-2?arch=amd64"
PYTHON = "pkg:deb/debian/python3.11-minimal@3.11.2-6?arch=amd64"
CURL = "pkg:deb/debian/curl@7.88.1-10?arch=amd64"
REQUESTS = "pkg:pypi/requests@2.31.0#usr/lib/python3/dist-packages/requests-2.31.0.dist-info"
SPRING = "pkg:maven/org.springframework/spring-core@6.0.0#app/app.jar!BOOT-INF/lib/spring.jar"

FILES = {
    "/usr/bin/bash": (BASH, "b" * 64),
    "/usr/bin/python3.11": (PYTHON, "c" * 64),
    "/usr/bin/worker": (PYTHON, "d" * 64),
    "/usr/bin/curl": (CURL, "e" * 64),
    "/usr/lib/libcurl.so.4": (CURL, "f" * 64),
    "/usr/lib/python3/dist-packages/requests/api.py": (REQUESTS, "1" * 64),
    "/app/app.jar": ("", "2" * 64),
    "/app/run.sh": ("", "3" * 64),
    "/app/unmeasured": ("", ""),
}


class Files:
    """An index of FILES."""

    def __init__(self, complete: bool = True) -> None:
        self.complete = complete

    def has(self, path: str) -> bool:
        return path in FILES

    def owner(self, path: str) -> str:
        return FILES.get(path, ("", ""))[0]

    def packages_in(self, path: str) -> tuple[str, ...]:
        return (SPRING,) if path == "/app/app.jar" else ()

    def digest_of(self, path: str) -> str:
        return FILES.get(path, ("", ""))[1]


class Images:
    """The store's answer: one image, or none."""

    def __init__(self, index: Files | None) -> None:
        self._index = index

    def of(self, digest: str) -> ImageIndex | None:
        return self._index if digest == DIGEST else None
