"""
Tokens of open standards, and credentials in HTTP headers: JWT, PASETO, Basic, Bearer, curl.

Source: RFC 7515, RFC 7519, RFC 7617, RFC 6750, https://curl.se/docs/manpage.html.
"""

import base64

from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.secrets.checksums import (
    jwt,
    kubernetes_token,
    noisy,
    stands_alone,
)
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "tokens-jwt"
_ROTATE = "revoke the session, or replace the key it was signed with"
_CHANGE = "change the password at the service the request goes to"
_ALG = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
_SUB = base64.urlsafe_b64encode(b'{"sub":"1","role":"admin"}').decode().rstrip("=")
_KUBE = (
    base64.urlsafe_b64encode(b'{"iss":"kubernetes/serviceaccount","sub":"x"}').decode().rstrip("=")
)
_SIGNED = shape("{url:42}a")
_B64_ALG = base64.b64encode(b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9").decode().rstrip("=")
_NAME = rb"(?i:authorization)"

KINDS = (
    pattern(
        "jwt",
        "JSON web token",
        rb"(?<![0-9A-Za-z_-])(?P<secret>ey[0-9A-Za-z]{17,2000}\.ey[0-9A-Za-z/\\_-]{17,6000}\."
        rb"(?:[0-9A-Za-z/\\_-]{10,2000}={0,2})?)",
        keywords=(b".ey",),
        general=True,
        check=jwt,
        entropy=3.0,
        severity=Severity.MEDIUM,
        placeholders_allowed=True,
        rotate=_ROTATE,
        true=(
            Sample(make=text(f"Authorization: Bearer {_ALG}.{_SUB}.{{0}}\n", "jwt", _SIGNED)),
            Sample(make=text(f'"id_token": "{_ALG}.{_SUB}.{{0}}"\n', "jwt2", _SIGNED)),
        ),
        false=(
            Sample(
                make=text("eyeOfTheStorm0123456789.eyeOfTheStorm0123456789.{0}\n", "jwt3", _SIGNED)
            ),
            Sample(make=lambda: f"{_ALG}.<payload>.<signature>\n"),
        ),
    ),
    pattern(
        "kubernetes-service-account-token",
        "Kubernetes service account token",
        rb"(?<![0-9A-Za-z_-])(?P<secret>ey[0-9A-Za-z]{17,2000}\.ey[0-9A-Za-z_-]{17,6000}\.[0-9A-Za-z_-]{40,2000})",
        keywords=(b".ey",),
        check=kubernetes_token,
        entropy=3.0,
        placeholders_allowed=True,
        aliases=("jwt",),
        rotate="kubectl delete the secret or the service account it belongs to",
        true=(
            Sample(make=text(f"token: {_ALG}.{_KUBE}.{{0}}\n", "kjwt", _SIGNED)),
            Sample(make=text(f'TOKEN="{_ALG}.{_KUBE}.{{0}}"\n', "kjwt2", _SIGNED)),
        ),
        false=(
            Sample(make=text(f"token: {_ALG}.{_SUB}.{{0}}\n", "kjwt3", _SIGNED)),
            Sample(make=lambda: f"token: {_ALG}.{_KUBE}.<signature>\n"),
        ),
    ),
    pattern(
        "jwt-base64",
        "JSON web token in base64 once more",
        rb"(?<![0-9A-Za-z+/])(?P<secret>ZXlK[0-9A-Za-z+/\\\r\n]{20,400}(?:LmV5|5leU|uZXlK)[0-9A-Za-z+/\\\r\n]{20,8000}={0,2})",
        keywords=(b"zxlk",),
        entropy=3.0,
        severity=Severity.MEDIUM,
        placeholders_allowed=True,
        rotate=_ROTATE,
        true=(
            Sample(
                make=lambda: (
                    "token: "
                    + base64.b64encode(f"{_ALG}.{_SUB}.{'Ab3dE_gh' * 5}".encode()).decode()
                    + "\n"
                )
            ),
            Sample(
                make=lambda: (
                    "t="
                    + base64.b64encode(f"{_ALG}.{_KUBE}.{'Xb3dE-gh' * 6}".encode()).decode()
                    + "\n"
                )
            ),
        ),
        false=(
            Sample(make=lambda: "token: " + _B64_ALG + "\n"),
            Sample(make=lambda: "token: ZXlKxxxxxxxxxxxxxxxx\n"),
        ),
    ),
    token(
        "paseto",
        "PASETO token of the local kind",
        "v{1|2|3|4}.local.{url:60-4000}",
        keywords=(b".local.",),
        severity=Severity.MEDIUM,
        rotate=_ROTATE,
    ),
    assigned(
        "oauth-client-secret",
        "OAuth client secret",
        ("client-secret", "clientsecret", "consumer-secret"),
        "{dot:20-100}",
        check=noisy,
        entropy=3.5,
        confidence=Confidence.MEDIUM,
        general=True,
        rotate="the identity provider's page of this client: renew the secret",
    ),
    pattern(
        "authorization-header",
        "Credentials in an HTTP header",
        _NAME
        + rb"[\"'`]?(?:\s{0,3}[:=]|(?<=[\"'`])\s?,)\s{0,5}[\"'`]?(?i:basic|bearer|token|api-token|apikey)[ \t]{1,3}"
        rb"(?P<secret>[0-9A-Za-z_=~@.+/-]{8,4000})(?![0-9A-Za-z$<{(\[])",
        keywords=(b"authorization",),
        general=True,
        check=stands_alone,
        entropy=2.75,
        confidence=Confidence.MEDIUM,
        rotate=_CHANGE,
        aliases=("curl-auth-header",),
        true=(
            Sample(
                make=text(
                    'headers = {{"Authorization": "Bearer {0}"}}\n', "auth", shape("{alnum:32}")
                )
            ),
            Sample(
                make=lambda: (
                    "Authorization: Basic "
                    + base64.b64encode(b"ci:" + b"8HlrwYM" + b"fvea9").decode()
                    + "\n"
                )
            ),
        ),
        false=(
            Sample(make=lambda: "Authorization: Bearer $TOKEN\n"),
            Sample(
                make=lambda: (
                    "Authorization: Basic " + base64.b64encode(b"user:password").decode() + "\n"
                )
            ),
            Sample(make=lambda: "Authorization: Bearer <access token>\n"),
        ),
    ),
    pattern(
        "header-credentials",
        "Credentials in a header of a command line",
        rb"(?:-H|--header)[ \t=]{0,5}[\"'](?i:authorization|(?:x-(?:[a-z]{1,20}-)?)?(?:api-?)?(?:key|token)):[ \t]{0,5}"
        rb"(?P<secret>[0-9A-Za-z_=~@.+/-]{8,4000})(?=[\"'])",
        keywords=(b"authorization:", b"key:", b"token:"),
        general=True,
        entropy=2.75,
        check=stands_alone,
        confidence=Confidence.MEDIUM,
        rotate=_CHANGE,
        aliases=("curl-auth-header",),
        true=(
            Sample(
                make=text(
                    'curl -H "X-Api-Key: {0}" https://api.site.test\n', "hdr", shape("{uuid}")
                )
            ),
            Sample(
                make=text("http --header 'Authorization: {0}' x\n", "hdr2", shape("{alnum:24}"))
            ),
        ),
        false=(
            Sample(make=lambda: 'curl -H "X-Api-Key: $KEY" https://api.site.test\n'),
            Sample(make=lambda: 'curl -H "X-Api-Key: your_api_key" https://api.site.test\n'),
        ),
    ),
)
