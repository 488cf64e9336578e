"""
Credentials for container registries in the files of Docker, Podman and Kubernetes.

Source: https://docs.docker.com/reference/cli/docker/login/ (``auth`` is user:password in base64),
https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/.
"""

import base64

from pratique.secrets.checksums import registry_logins, user_and_password
from pratique.secrets.declare import pattern
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "docker"
_ROTATE = "change the registry's password or token, then log in with a credential helper"
_AUTHS = '{{"auths": {{"registry.test": {{"auth": "{0}"}}}}}}'


def _login(name: str, password: str) -> str:
    return base64.b64encode(f"{name}:{password}".encode()).decode()


_ENCODED = base64.b64encode(_AUTHS.format(_login("ci", "Zq8" + "wTr5y")).encode()).decode()

KINDS = (
    pattern(
        "docker-auth",
        "Registry password in Docker's configuration",
        rb'\\?"auth\\?"\s{0,4}:\s{0,4}\\?"(?P<secret>[0-9A-Za-z+/]{8,4000}={0,2})\\?"',
        keywords=(b'auth"', b'auth\\"'),
        check=user_and_password,
        rotate=_ROTATE,
        placeholders_allowed=True,
        true=(
            Sample(
                make=lambda: _AUTHS.format(_login("ci", "Zq8" + "wTr5y")),
                path="root/.docker/config.json",
            ),
            Sample(
                make=lambda: (
                    '{\n "registry.test": {\n  "auth": "' + _login("bot", "9xK" + "qLm4") + '"\n}}'
                ),
                line=3,
            ),
        ),
        false=(
            Sample(make=lambda: '{"auth": "required"}'),
            Sample(make=text('{{"auth": "{0}"}}', "dock", shape("{hex:32}"))),
        ),
    ),
    pattern(
        "docker-identity-token",
        "Registry identity token in Docker's configuration",
        rb'"(?:identitytoken|registrytoken)"\s{0,4}:\s{0,4}"(?P<secret>[0-9A-Za-z._~+/=-]{20,4000})"',
        keywords=(b"identitytoken", b"registrytoken"),
        entropy=3.3,
        rotate=_ROTATE,
        true=(
            Sample(
                make=text(
                    '{{"auths": {{"r.test": {{"identitytoken": "{0}"}}}}}}',
                    "idt",
                    shape("{url:60}"),
                )
            ),
            Sample(make=text('{{"registrytoken": "{0}"}}', "idt2", shape("{url:60}"))),
        ),
        false=(
            Sample(make=lambda: '{"identitytoken": ""}'),
            Sample(make=lambda: '{"identitytoken": "' + "x" * 40 + '"}'),
        ),
    ),
    pattern(
        "docker-config-base64",
        "Registry logins of a Kubernetes pull secret",
        rb"\.dockerc(?:onfigjson|fg)[\"']?:(?:[ \t]{0,4}[|>][-+]?\s{1,20})?[ \t]{0,4}[\"']?(?P<secret>ey[0-9A-Za-z+/]{30,16000}={0,2})",
        keywords=(b".dockerc",),
        check=registry_logins,
        rotate=_ROTATE,
        placeholders_allowed=True,
        true=(
            Sample(make=lambda: ".dockerconfigjson: " + _ENCODED + "\n", path="k8s/pull.yaml"),
            Sample(
                make=lambda: "data:\n  .dockercfg: |\n    " + _ENCODED + "\n",
                path="k8s/pull.yaml",
                line=3,
            ),
        ),
        false=(
            Sample(make=lambda: ".dockerconfigjson: e30=\n", path="k8s/pull.yaml"),
            Sample(make=lambda: ".dockerconfigjson: ey" + "J4" * 20 + "\n", path="k8s/pull.yaml"),
        ),
    ),
)
