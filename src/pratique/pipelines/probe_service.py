"""
Ask a port who answers there: run as a program of its own, in the network of a container.

``python probe_service.py SECONDS DOCUMENT PORT…`` prints JSON: the first port that speaks HTTP, its
scheme and status, and where an OpenAPI document is served. It imports the standard library only, as it
runs without ours. Bounds: ``SECONDS`` in all, ``MAX_BYTES`` of one answer. Redirects are not
followed, certificates not checked: it asks one container, in a network that holds nothing else.
"""

import contextlib
import http.client
import json
import ssl
import sys
import time
from collections.abc import Sequence

MAX_BYTES = 8 << 20
DOCUMENTS = (
    "/openapi.json",
    "/openapi.yaml",
    "/api/openapi.json",
    "/v3/api-docs",
    "/v2/api-docs",
    "/swagger.json",
    "/api/swagger.json",
    "/swagger/v1/swagger.json",
    "/api-docs",
    "/api/v1/openapi.json",
    "/docs/openapi.json",
    "/.well-known/openapi.json",
)
"""Where frameworks serve their OpenAPI document unasked."""
_WAIT_S = 0.2
_ANSWER_S = 5.0


def main(arguments: Sequence[str]) -> int:
    """Print what was found; exit 1 where no port speaks HTTP within the time."""
    seconds, document, *ports = arguments
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        for port in map(int, ports):
            for scheme in ("http", "https"):
                status, _ = ask(scheme, port, "/")
                if status:
                    wanted = (document,) if document else DOCUMENTS
                    found = next((one for one in wanted if is_document(scheme, port, one)), "")
                    told = {"port": port, "scheme": scheme, "status": status, "document": found}
                    sys.stdout.write(json.dumps(told))
                    return 0
        time.sleep(_WAIT_S)
    return 1


def ask(scheme: str, port: int, path: str) -> tuple[int, bytes]:
    """Return the status and the bytes that a path answers with; status 0 where nothing speaks HTTP."""
    connection: http.client.HTTPConnection
    if scheme == "https":
        around = ssl.create_default_context()
        around.check_hostname, around.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1", port, timeout=_ANSWER_S, context=around
        )
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_S)
    with contextlib.closing(connection):
        try:
            connection.request("GET", path, headers={"Accept": "*/*"})
            answer = connection.getresponse()
            return answer.status, answer.read(MAX_BYTES)
        except (OSError, http.client.HTTPException, ValueError):
            return 0, b""


def is_document(scheme: str, port: int, path: str) -> bool:
    """Whether an OpenAPI document is served at a path: it names its own version and its paths."""
    status, content = ask(scheme, port, path)
    head = content[:100_000]
    named = b"openapi" in head or b"swagger" in head
    return status == 200 and named and b"paths" in content and not head.lstrip().startswith(b"<")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
