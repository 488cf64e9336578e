"""
Credentials of chat services, and web hooks that anybody may post to who knows them.

Source: https://docs.slack.dev/authentication/tokens, https://core.telegram.org/bots/api,
https://discord.com/developers/docs/reference#authentication.
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import discord_bot
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "chat"
_SLACK = "api.slack.com/apps, OAuth & Permissions: revoke"
_HOOK = "delete the web hook where it was made, and make another"
_DISCORD = "discord.com/developers/applications"

KINDS = (
    token(
        "slack-bot-token",
        "Slack bot token",
        "xoxb-{digit:10-13}-{digit:10-13}{url:0-40}",
        rotate=_SLACK,
        entropy=2.8,
    ),
    token(
        "slack-user-token",
        "Slack user token",
        "{xoxp|xoxe}-{digit:10-13}-{digit:10-13}-{digit:10-13}-{url:28-34}",
        "xoxp-{digit:8-13}-{digit:8-13}-{digit:8-13}-{hex:32}",
        rotate=_SLACK,
        entropy=2.8,
    ),
    token(
        "slack-app-token",
        "Slack app-level token",
        "xapp-{digit:1}-{upper:9-14}-{digit:10-15}-{lower:32-80}",
        rotate=_SLACK,
    ),
    token(
        "slack-config-access-token",
        "Slack app configuration token",
        "xoxe.{xoxp|xoxb}-{digit:1}-{alnum:163-172}",
        rotate=_SLACK,
    ),
    token(
        "slack-config-refresh-token",
        "Slack app configuration refresh token",
        "xoxe-{digit:1}-{alnum:140-152}",
        rotate=_SLACK,
    ),
    token(
        "slack-legacy-bot-token",
        "Slack bot token of the older form",
        "xoxb-{digit:8-14}-{alnum:18-26}",
        rotate=_SLACK,
        entropy=3.0,
    ),
    token(
        "slack-legacy-token",
        "Slack legacy token",
        "{xoxo|xoxs}-{digit:6-13}-{digit:6-13}-{digit:6-13}-{hexes:10-64}",
        rotate=_SLACK,
    ),
    token(
        "slack-legacy-workspace-token",
        "Slack legacy workspace token",
        "{xoxa|xoxr}-{digit:1}-{alnum:8-48}",
        "{xoxa|xoxr}-{digit:1}-{digit:8-14}-{digit:8-14}-{digit:8-14}-{hex:10-64}",
        "{xoxa|xoxr}-{alnum:24-48}",
        rotate=_SLACK,
        entropy=2.5,
    ),
    token(
        "slack-session-cookie",
        "Slack session cookie",
        "{xoxd|xoxc}-{dot:40-200}",
        rotate="Slack: sign out of all sessions",
    ),
    token(
        "slack-webhook",
        "Slack web hook",
        "hooks.slack.com/services/{T}{upper:7-12}/{B}{upper:7-12}/{alnum:24}",
        "hooks.slack.com/{workflows|triggers}/{T|E}{upper:8-12}/{A}{upper:8-12}/{digit:15-20}/{alnum:24}",
        "hooks.slack.com/{workflows|triggers}/{T|E}{upper:8-12}/{digit:10-15}/{hex:32}",
        keywords=(b"hooks.slack.com",),
        entropy=3.4,
        severity=Severity.MEDIUM,
        aliases=("slack-webhook-url",),
        rotate=_HOOK,
    ),
    pattern(
        "discord-bot-token",
        "Discord bot token",
        rb"(?i:discord|bot_?token|\.login\(|\.run\()[\w .(-]{0,24}[\"'\s:=(]{0,6}"
        rb"(?P<secret>[MNO][0-9A-Za-z_-]{23,27}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,38})(?![0-9A-Za-z_-])",
        keywords=(b"discord", b"bot_token", b"bottoken", b".login(", b".run("),
        check=discord_bot,
        rotate=_DISCORD,
        true=(
            Sample(
                make=text(
                    "DISCORD_TOKEN=MTIzNDU2Nzg5MDEyMzQ1Njc4.{0}.{1}\n",
                    "discord",
                    shape("{alnum:6}"),
                    shape("{url:37}a"),
                )
            ),
            Sample(
                make=text(
                    'bot.run("MTIzNDU2Nzg5MDEyMzQ1Njc4.{0}.{1}")\n',
                    "discord2",
                    shape("{alnum:6}"),
                    shape("{alnum:27}"),
                )
            ),
        ),
        false=(
            Sample(
                make=text(
                    "DISCORD_TOKEN=Mabcdefghijklmnopqrstuvw.{0}.{1}\n",
                    "discord3",
                    shape("{alnum:6}"),
                    shape("{alnum:27}"),
                )
            ),
            Sample(make=lambda: "DISCORD_TOKEN=your.bot.token\n"),
        ),
    ),
    token(
        "discord-webhook",
        "Discord web hook",
        "{discord|discordapp}.com/api/webhooks/{digit:17-20}/{url:60-80}",
        severity=Severity.MEDIUM,
        rotate=_HOOK,
    ),
    assigned(
        "discord-api-token",
        "Discord API key",
        ("discord",),
        "{hex:64}",
        severity=Severity.MEDIUM,
        rotate=_DISCORD,
    ),
    assigned(
        "discord-client-id",
        "Discord client id",
        ("discord",),
        "{digit:17-19}",
        severity=Severity.LOW,
        name="client|app|id",
        entropy=2.0,
        rotate=_DISCORD,
    ),
    assigned(
        "discord-client-secret",
        "Discord client secret",
        ("discord",),
        "{param:32}",
        rotate=_DISCORD,
    ),
    token(
        "telegram-bot-token",
        "Telegram bot token",
        "{digit:8-10}:AA{url:33}",
        keywords=(b":aa",),
        entropy=3.8,
        aliases=("telegram-bot-api-token",),
        rotate="@BotFather: /revoke",
    ),
    assigned(
        "telegram-named-bot-token",
        "Telegram bot token, by its name",
        ("telegram", "telegr"),
        "{digit:5-16}:A{url:34}",
        entropy=3.6,
        aliases=("telegram-bot-api-token",),
        rotate="@BotFather: /revoke",
    ),
    token(
        "microsoft-teams-webhook",
        "Microsoft Teams web hook",
        "webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{lower:32}/{uuid}",
        severity=Severity.MEDIUM,
        rotate=_HOOK,
    ),
    pattern(
        "microsoft-power-automate-webhook",
        "Power Automate web hook",
        rb"logic\.azure\.com(?::443)?/workflows/[0-9a-f]{32}/triggers/[\w-]{1,40}/paths/invoke\?[\w%&;=.-]{1,200}?sig=(?P<secret>[0-9A-Za-z_-]{43})",
        keywords=(b"logic.azure.com",),
        severity=Severity.MEDIUM,
        entropy=3.5,
        rotate=_HOOK,
        true=tuple(
            Sample(
                make=text(
                    "https://a.logic.azure.com:443/workflows/{0}/triggers/manual/paths/invoke?api-version=2016-06-01&sig={1}\n",
                    f"pa{n}",
                    shape("{hex:32}"),
                    shape("{url:43}"),
                )
            )
            for n in (1, 2)
        ),
        false=(
            Sample(
                make=text(
                    "https://a.logic.azure.com/workflows/{0}/triggers/manual/paths/invoke?sig=<sig>\n",
                    "pa3",
                    shape("{hex:32}"),
                )
            ),
            Sample(make=lambda: "https://a.logic.azure.com:443/workflows/\n"),
        ),
    ),
    token(
        "google-chat-webhook",
        "Google Chat web hook",
        "chat.googleapis.com/v1/spaces/{url:8-14}/messages?key={url:39}&token={url:40-50}",
        severity=Severity.MEDIUM,
        rotate=_HOOK,
    ),
    assigned(
        "mattermost-access-token",
        "Mattermost access token",
        ("mattermost",),
        "{lower:26}",
        rotate="Mattermost, Profile, Security",
    ),
    token(
        "matrix-access-token",
        "Matrix access token",
        "syt_{b64:2-80}_{alpha:20}_{alnum:6}",
        rotate="Element, All settings, Sessions: sign out",
    ),
    assigned(
        "gitter-access-token",
        "Gitter access token",
        ("gitter",),
        "{url:40}",
        rotate="developer.gitter.im/apps",
    ),
    assigned(
        "webex-token",
        "Webex access token",
        ("webex",),
        "{url:64}_{alnum:4}_{uuid}",
        rotate="developer.webex.com/my-apps",
    ),
    assigned(
        "zoom-client-secret",
        "Zoom client secret",
        ("zoom",),
        "{alnum:32}",
        name="secret",
        rotate="marketplace.zoom.us/user/build",
    ),
    assigned(
        "line-channel-secret",
        "LINE channel secret",
        ("line-channel", "line-bot"),
        "{hex:32}",
        name="secret",
        rotate="developers.line.biz/console",
    ),
    token("ntfy-token", "ntfy access token", "tk_{lower:29}", rotate="ntfy token remove"),
    assigned(
        "zulip-api-key",
        "Zulip API key",
        ("zulip",),
        "{alnum:32}",
        name="key|token",
        rotate="Zulip, Settings, Account & privacy",
    ),
    assigned(
        "pushover-token", "Pushover token", ("pushover",), "{lower:30}", rotate="pushover.net"
    ),
    assigned(
        "rocketchat-token",
        "Rocket.Chat access token",
        ("rocketchat", "rocket-chat"),
        "{url:43}",
        rotate="Rocket.Chat, My account, Personal access tokens",
    ),
)
