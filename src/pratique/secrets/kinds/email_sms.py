"""
Credentials of mail, text message and push services.

Source: https://www.twilio.com/docs/iam/api-keys, https://docs.sendgrid.com/ui/account-and-settings/api-keys,
https://mailchimp.com/developer/.
"""

from pratique.model.severity import Severity
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "email-sms"
_TWILIO = "console.twilio.com, Account, API keys & tokens"
_MAILGUN = "app.mailgun.com/settings/api_security"
_BREVO = "app.brevo.com/settings/keys"
_BIRD = ("messagebird", "message-bird")
_BIRD_PAGE = "dashboard.messagebird.com/developers/access"

KINDS = (
    token(
        "sendgrid-api-key",
        "SendGrid API key",
        "SG.{url:22}.{url:43}",
        "SG.{dot:66}",
        aliases=("sendgrid-api-token",),
        rotate="app.sendgrid.com/settings/api_keys",
        entropy=3.5,
    ),
    token(
        "mailgun-key",
        "Mailgun private API key",
        "key-{hex:32}",
        aliases=("mailgun-private-api-token",),
        rotate=_MAILGUN,
    ),
    assigned(
        "mailgun-api-key",
        "Mailgun API key of the newer form",
        ("mailgun",),
        "{hex:32}-{hex:8}-{hex:8}",
        aliases=("mailgun-signing-key",),
        rotate=_MAILGUN,
    ),
    assigned(
        "mailgun-pub-key",
        "Mailgun public validation key",
        ("mailgun",),
        "pubkey-{hex:32}",
        severity=Severity.LOW,
        rotate=_MAILGUN,
    ),
    token(
        "mailchimp-api-key",
        "Mailchimp API key",
        "{hex:32}-us{digit:1-2}",
        keywords=(b"-us",),
        rotate="admin.mailchimp.com/account/api",
    ),
    token(
        "mandrill-api-key",
        "Mailchimp Transactional API key",
        "md-{url:22}",
        near=(b"mandrill", b"mailchimp"),
        keywords=(b"md-",),
        rotate="mandrillapp.com/settings",
    ),
    assigned(
        "postmark-server-token",
        "Postmark server token",
        ("postmark", "x-postmark-server"),
        "{uuid}",
        rotate="account.postmarkapp.com, API tokens",
    ),
    token("sendinblue-api-token", "Brevo API key", "xkeysib-{hex:64}-{alnum:16}", rotate=_BREVO),
    token("sendinblue-smtp-key", "Brevo SMTP key", "xsmtpsib-{hex:64}-{alnum:16}", rotate=_BREVO),
    assigned(
        "sparkpost-api-key",
        "SparkPost API key",
        ("sparkpost",),
        "{hex:40}",
        rotate="app.sparkpost.com/account/api-keys",
    ),
    token("twilio-api-key", "Twilio API key", "SK{hexes:32}", rotate=_TWILIO, entropy=3.0),
    pattern(
        "twilio-auth-token",
        "Twilio auth token",
        rb"(?i:twilio[\w.-]{0,20}?(?:token|secret|auth)\w{0,8}|auth_?token)[\"']?\]?[ \t]{0,4}[=:,][ \t]{0,4}[\"']?(?P<secret>[0-9a-f]{32})(?![0-9A-Za-z])",
        keywords=(b"twilio", b"auth_token", b"authtoken"),
        near=(b"twilio", b"sid", b"ac"),
        entropy=2.8,
        severity=Severity.CRITICAL,
        rotate=_TWILIO,
        true=(
            Sample(
                make=text(
                    'twilio = {{\n  accountSid: "AC{0}",\n  authToken: "{0}" }}\n',
                    "tw",
                    shape("{hex:32}"),
                ),
                line=3,
            ),
            Sample(
                make=text("# Twilio\nTWILIO_AUTH_TOKEN={0}\n", "tw2", shape("{hex:32}")), line=2
            ),
        ),
        false=(
            Sample(make=text("twilio\nauthToken: {0}\n", "tw3", shape("{hex:30}"))),
            Sample(make=lambda: "# Twilio\nTWILIO_AUTH_TOKEN=" + "0" * 32 + "\n"),
        ),
    ),
    assigned("messagebird-api-token", "Bird API key", _BIRD, "{alnum:25}", rotate=_BIRD_PAGE),
    assigned(
        "messagebird-client-id",
        "Bird client id",
        _BIRD,
        "{uuid}",
        severity=Severity.LOW,
        rotate=_BIRD_PAGE,
    ),
    assigned(
        "vonage-api-secret",
        "Vonage API secret",
        ("vonage", "nexmo"),
        "{alnum:16}",
        name="secret",
        rotate="dashboard.nexmo.com/settings",
    ),
    assigned(
        "plivo-auth-token",
        "Plivo auth token",
        ("plivo",),
        "{b64:40-60}{pad:2}",
        name="token",
        rotate="console.plivo.com",
    ),
    token(
        "resend-api-key", "Resend API key", "re_{alnum:8}_{alnum:24}", rotate="resend.com/api-keys"
    ),
    assigned(
        "mailjet-api-key",
        "Mailjet API key or secret",
        ("mailjet", "mj-apikey"),
        "{hex:32}",
        rotate="app.mailjet.com/account/apikeys",
    ),
    token(
        "mailersend-api-token",
        "MailerSend API token",
        "mlsn.{hex:64}",
        rotate="app.mailersend.com/api-tokens",
    ),
    token(
        "klaviyo-api-key",
        "Klaviyo private API key",
        "pk_{hex:34}",
        rotate="www.klaviyo.com/settings/account/api-keys",
    ),
    token(
        "onesignal-api-key",
        "OneSignal API key",
        "os_v2_{app|org}_{lower:100-110}",
        rotate="dashboard.onesignal.com, Keys & IDs",
    ),
    token(
        "telnyx-api-key",
        "Telnyx API key",
        "KEY{HEX:32}_{alnum:22}",
        rotate="portal.telnyx.com/#/app/api-keys",
    ),
    assigned(
        "sendbird-access-id",
        "Sendbird application id",
        ("sendbird",),
        "{uuid}",
        severity=Severity.LOW,
        rotate="dashboard.sendbird.com, Settings",
    ),
    assigned(
        "sendbird-access-token",
        "Sendbird API token",
        ("sendbird",),
        "{hex:40}",
        rotate="dashboard.sendbird.com, Settings, API tokens",
    ),
    token(
        "courier-api-key",
        "Courier API key",
        "pk_{prod|test}_{upper:28}",
        rotate="app.courier.com/settings/api-keys",
    ),
    assigned(
        "elastic-email-key",
        "Elastic Email API key",
        ("elasticemail", "elastic-email"),
        "{HEX:96}",
        rotate="app.elasticemail.com/api/settings",
    ),
    assigned(
        "customerio-api-key",
        "Customer.io API key",
        ("customerio", "customer-io"),
        "{hex:20-32}",
        rotate="fly.customer.io/settings/api_credentials",
    ),
    assigned(
        "smtp2go-api-key",
        "SMTP2GO API key",
        ("smtp2go",),
        "api-{hex:32}",
        rotate="app.smtp2go.com/sending/apikeys",
    ),
    token(
        "knock-secret-key",
        "Knock secret key",
        "sk_{test|live}_{url:43}",
        near=(b"knock",),
        rotate="dashboard.knock.app, Developers, API keys",
    ),
    token(
        "expo-access-token",
        "Expo access token in a variable",
        "EXPO_TOKEN={url:40}",
        rotate="expo.dev/settings/access-tokens",
    ),
)
