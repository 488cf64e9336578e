"""
Credentials of Amazon Web Services.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (unique ids and
their prefixes), https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html.
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import aws_account
from pratique.secrets.declare import assigned, token

NAME = "cloud-aws"
_IAM = "IAM console, Security credentials: deactivate, then delete the key"

KINDS = (
    token(
        "aws-access-key-id",
        "AWS access key id",
        "{AKIA|ASIA|ABIA|ACCA}{upper:16}",
        "A3T{upper:1}{base32:16}",
        proof=aws_account,
        make=lambda random: "AKIA" + "".join(random.choice("QRSTUVWX") for _ in range(16)),
        aliases=("aws-access-token",),
        rotate=_IAM,
    ),
    assigned(
        "aws-secret-access-key",
        "AWS secret access key",
        ("aws-secret-access-key", "aws-secret-key", "secret-access-key", "aws-secret", "secretkey"),
        "{b64:40}",
        severity=Severity.CRITICAL,
        aliases=("aws-secret-key",),
        entropy=3.0,
        rotate=_IAM,
    ),
    assigned(
        "aws-session-token",
        "AWS session token",
        ("aws-session-token", "aws-security-token", "session-token", "x-amz-security-token"),
        "{b64:100-2000}{pad:2}",
        rotate="it expires by itself; revoke the role's sessions in the IAM console",
    ),
    token(
        "aws-bedrock-api-key",
        "Amazon Bedrock API key, long lived",
        "ABSK{b64:109-269}{pad:2}",
        aliases=("aws-amazon-bedrock-api-key-long-lived",),
        rotate=_IAM,
    ),
    token(
        "aws-bedrock-session-key",
        "Amazon Bedrock API key, short lived",
        "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{b64:20-3000}{pad:2}",
        aliases=("aws-amazon-bedrock-api-key-short-lived",),
        rotate="it expires within 12 hours; revoke the role's sessions in the IAM console",
    ),
    token(
        "aws-appsync-api-key",
        "AWS AppSync API key",
        "da2-{lower:26}",
        rotate="AppSync console, Settings, API keys",
    ),
    token(
        "aws-mws-auth-token",
        "Amazon Marketplace web service token",
        "amzn.mws.{uuid}",
        rotate="Seller Central, Manage your apps",
    ),
    token(
        "amazon-oauth-client-secret",
        "Login with Amazon client secret",
        "amzn1.oa2-cs.v1.{hex:64}",
        rotate="Amazon developer console, security profile",
    ),
    token(
        "amazon-oauth-refresh-token",
        "Login with Amazon refresh token",
        "Atzr|{b64:60-1000}",
        rotate="remove the app at amazon.com/ap/adam",
    ),
    assigned(
        "aws-ses-smtp-password",
        "Amazon SES SMTP password",
        ("ses-smtp", "ses-password", "smtp-password"),
        "B{b64:43}",
        rotate="IAM console: delete the SMTP user's access key",
    ),
)
