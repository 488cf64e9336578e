"""Find secrets that flow from build variables into what the image keeps: files, ENV, LABEL, other stages' files."""

from collections.abc import Iterable

from pratique.checks.dockerfile._secret_flow import leaks
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-kept-in-image"
TITLE = "the value of a secret comes to rest in the image"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-4.10",)
RULES = {
    NAME: (
        "A build argument or ENV with a credential flows into something that ships: an ENV or "
        "LABEL set from it, a file that a RUN writes (.npmrc, .git/config of a clone, .netrc), or "
        "such a file of another stage that COPY --from takes along. Deleting it in a later RUN "
        "does not help: its layer keeps it. Read the secret from a mount in the one command that "
        "needs it (RUN --mount=type=secret,id=…), write no file, or delete it in the same RUN."
    )
}
BAD = (
    "FROM alpine:3.22\nARG NPM_TOKEN\nENV AUTH=$NPM_TOKEN\n",
    'FROM alpine:3.22\nARG NPM_TOKEN\nRUN echo "//r.example/:_authToken=$NPM_TOKEN" > /root/.npmrc && npm ci\nRUN rm /root/.npmrc\n',
    "FROM alpine:3.22 AS build\nARG GIT_TOKEN\nRUN git clone https://x:$GIT_TOKEN@git.example/a.git /src\nFROM alpine:3.22\nCOPY --from=build /src /src\n",
    "FROM alpine:3.22 AS a\nENV API_TOKEN=abc-def\nRUN printenv && echo $API_TOKEN | base64 > /etc/t\nFROM a\n",
    "FROM alpine:3.22\nARG TOKEN\nWORKDIR /app\nCOPY <<EOF .npmrc\n//r.example/:_authToken=${TOKEN}\nEOF\n",
    "FROM alpine:3.22\nARG DEPLOY_TOKEN\nRUN T=$DEPLOY_TOKEN && npm config set //r.example/:_authToken $T\n",
    "FROM alpine:3.22 AS a\nARG TOKEN\nWORKDIR /w\nRUN echo $TOKEN > t\nFROM a AS b\nRUN true\nFROM alpine:3.22\nCOPY --from=b /w/t /x/\n",
)
GOOD = (
    "FROM alpine:3.22\nARG NPM_TOKEN\nRUN echo $NPM_TOKEN > ~/.npmrc && npm ci && rm -f ~/.npmrc\n",
    "FROM alpine:3.22 AS build\nARG GIT_TOKEN\nRUN git clone https://x:$GIT_TOKEN@git.example/a.git /src\nFROM alpine:3.22\nCOPY --from=build /src/bin/app /app\n",
    "FROM alpine:3.22\nARG VERSION=1\nENV V=$VERSION\nRUN echo $V > /v\n",
    'FROM alpine:3.22\nARG TOKEN\nRUN curl -H "Authorization: $TOKEN" https://x.example/a > /a\n',
    "FROM alpine:3.22\nARG TOKEN\nRUN echo '$TOKEN' > /a && npm config set //x:_t $TOKEN && npm config delete //x:_t\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each place where a value comes to rest in the last stage."""
    for leak in leaks(scene):
        yield scene.at_span(leak.span, leak.note, key=leak.key)
