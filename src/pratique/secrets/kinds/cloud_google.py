"""
Credentials of Google Cloud, Firebase and Google's other interfaces.

Source: https://cloud.google.com/docs/authentication/api-keys,
https://cloud.google.com/storage/docs/authentication/hmackeys,
https://developers.google.com/identity/protocols/oauth2.
"""

from pratique.model.severity import Severity
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.published import unpublished
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "cloud-google"
_CREDENTIALS = "console.cloud.google.com/apis/credentials"
_BEGIN = "-----BEGIN PRIVATE" + " KEY-----"

KINDS = (
    token(
        "gcp-api-key",
        "Google API key",
        "AIza{url:35}",
        check=unpublished,
        entropy=4.0,
        rotate=_CREDENTIALS,
    ),
    pattern(
        "gcp-service-account-key",
        "Google service account key",
        rb'"private_key"\s{0,4}:\s{0,4}"(?P<secret>-----BEGIN [A-Z ]{0,12}PRIVATE KEY-----\\n'
        rb"[0-9A-Za-z+/=\\]{64,8000})",
        keywords=(b'"private_key"',),
        severity=Severity.CRITICAL,
        aliases=("gcp-service-account",),
        rotate="IAM & Admin, Service accounts, Keys: delete the key",
        true=(
            Sample(
                make=text(
                    '{{"type": "service_account",\n "private_key": "' + _BEGIN + '\\n{0}\\n"}}\n',
                    "google-service-account-key",
                    shape("{b64:600}"),
                ),
                path="app/account.json",
                line=2,
            ),
            Sample(
                make=text(
                    '{{"private_key" : "' + _BEGIN + '\\n{0}"}}',
                    "google-account",
                    shape("{b64:900}"),
                )
            ),
        ),
        false=(
            Sample(make=lambda: '{"private_key": "' + _BEGIN + '\\n...\\n"}'),
            Sample(make=lambda: '{"private_key": "/run/secrets/key.pem"}'),
        ),
    ),
    token(
        "google-oauth-client-secret",
        "Google OAuth client secret",
        "GOCSPX-{url:28}",
        rotate=_CREDENTIALS,
    ),
    token(
        "google-oauth-access-token",
        "Google OAuth access token",
        "ya29.{url:60-1000}",
        rotate="it expires within an hour; remove the app at myaccount.google.com/permissions",
    ),
    token(
        "google-oauth-refresh-token",
        "Google OAuth refresh token",
        "1//0{digit:1}{url:40-200}",
        rotate="remove the app at myaccount.google.com/permissions",
    ),
    token(
        "google-fcm-server-key",
        "Firebase Cloud Messaging server key",
        "AAAA{url:7}:APA91b{url:134}",
        rotate="Firebase console, Project settings, Cloud Messaging",
    ),
    token(
        "google-storage-hmac-id",
        "Google Cloud Storage HMAC access id",
        "GOOG1E{upper:55}",
        "GOOG{upper:20}",
        severity=Severity.MEDIUM,
        rotate="Cloud Storage, Settings, Interoperability",
    ),
    assigned(
        "google-storage-hmac-secret",
        "Google Cloud Storage HMAC secret",
        ("gcs", "hmac", "google-storage"),
        "{b64:40}",
        name="secret",
        entropy=3.7,
        rotate="Cloud Storage, Settings, Interoperability",
    ),
    assigned(
        "recaptcha-secret-key",
        "reCAPTCHA secret key",
        ("recaptcha",),
        "6L{url:6}AAAAA{url:27}",
        name="secret|private",
        rotate="www.google.com/recaptcha/admin",
    ),
)
