"""Credentials of social networks, media and news."""

from pratique.model.severity import Severity
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "social"
_META = "developers.facebook.com/apps"
_X = "developer.x.com/portal/projects-and-apps"
_LINKEDIN = ("linkedin", "linked-in")
_LINKEDIN_PAGE = "www.linkedin.com/developers/apps"

KINDS = (
    pattern(
        "facebook-access-token",
        "Facebook app access token",
        rb"(?<![0-9A-Za-z|])(?P<secret>\d{15,16}(?:\||%7C)[0-9A-Za-z_-]{27,40})(?![0-9A-Za-z_-])",
        keywords=(b"|", b"%7c"),
        entropy=3.5,
        rotate=_META,
        true=(
            Sample(
                make=text(
                    '{{"access_token":"{0}|{1}"}}', "fb", shape("{digit:15}"), shape("{url:26}a")
                )
            ),
            Sample(
                make=text("facebook {0}%7C{1}\n", "fb2", shape("{digit:16}"), shape("{alnum:27}"))
            ),
        ),
        false=(
            Sample(make=lambda: "911602140448729|your-app-secret\n"),
            Sample(make=text("{0}|{1}\n", "fb3", shape("{digit:10}"), shape("{alnum:27}"))),
        ),
    ),
    token(
        "facebook-page-access-token",
        "Facebook user or page access token",
        "{EAAM|EAAC|EAAB|EAAG|EAAE|EAAI|EAAJ|EAAD|EAAF|EAAH|EAAL}{alnum:90-400}",
        entropy=4.0,
        rotate=_META,
    ),
    assigned(
        "facebook-secret",
        "Facebook app secret",
        ("facebook", "fb-app", "meta-app"),
        "{hex:32}",
        rotate=_META,
    ),
    token(
        "instagram-access-token",
        "Instagram access token",
        "{IGQV|IGQW|IGAA}{url:80-300}",
        rotate="www.instagram.com/accounts/manage_access",
    ),
    assigned("twitter-api-key", "X (Twitter) API key", ("twitter",), "{alnum:25}", rotate=_X),
    assigned("twitter-api-secret", "X (Twitter) API secret", ("twitter",), "{alnum:50}", rotate=_X),
    assigned(
        "twitter-access-token",
        "X (Twitter) access token",
        ("twitter",),
        "{digit:15-25}-{alnum:20-40}",
        rotate=_X,
    ),
    assigned(
        "twitter-access-secret",
        "X (Twitter) access token secret",
        ("twitter",),
        "{alnum:45}",
        rotate=_X,
    ),
    token(
        "twitter-bearer-token",
        "X (Twitter) bearer token",
        "AAAAAAAAAAAAAAAAAAAAA{alnum:1}{alnum:6-12}{alnum:30-40}%{alnum:40-60}",
        "AAAAAAAAAAAAAAAAAAAAAA{alnum:80-100}",
        entropy=3.0,
        placeholders_allowed=True,
        rotate=_X,
    ),
    assigned(
        "linkedin-client-id",
        "LinkedIn client id",
        _LINKEDIN,
        "{lower:14}",
        severity=Severity.LOW,
        name="id|key",
        rotate=_LINKEDIN_PAGE,
    ),
    assigned(
        "linkedin-client-secret",
        "LinkedIn client secret",
        _LINKEDIN,
        "{alnum:16}",
        name="secret|token|key",
        rotate=_LINKEDIN_PAGE,
    ),
    token(
        "linkedin-marked-secret",
        "LinkedIn client secret with its mark",
        "WPL_AP1.{alnum:16}.{b64:6-8}{pad:2}",
        rotate=_LINKEDIN_PAGE,
    ),
    assigned(
        "twitch-api-token",
        "Twitch API token or secret",
        ("twitch",),
        "{lower:30}",
        rotate="dev.twitch.tv/console/apps",
    ),
    token(
        "twitch-chat-token",
        "Twitch chat token",
        "oauth:{lower:30}",
        rotate="twitch.tv/settings/connections",
    ),
    assigned(
        "reddit-client-secret",
        "Reddit client secret",
        ("reddit",),
        "{url:27-30}",
        name="secret",
        entropy=3.6,
        rotate="www.reddit.com/prefs/apps",
    ),
    assigned(
        "flickr-access-token",
        "Flickr API key",
        ("flickr",),
        "{hex:32}",
        rotate="www.flickr.com/services/apps",
    ),
    assigned(
        "spotify-client-secret",
        "Spotify client secret",
        ("spotify",),
        "{hex:32}",
        name="secret|key|token",
        rotate="developer.spotify.com/dashboard",
    ),
    assigned(
        "tumblr-secret",
        "Tumblr consumer secret",
        ("tumblr",),
        "{alnum:50}",
        rotate="www.tumblr.com/oauth/apps",
    ),
    token(
        "pinterest-token",
        "Pinterest access token",
        "pina_{alnum:64-140}",
        rotate="developers.pinterest.com/apps",
    ),
    assigned(
        "strava-secret",
        "Strava client secret",
        ("strava",),
        "{hex:40}",
        rotate="www.strava.com/settings/api",
    ),
    assigned(
        "nytimes-access-token",
        "New York Times API key",
        ("nytimes", "new-york-times"),
        "{url:32}",
        rotate="developer.nytimes.com/my-apps",
    ),
    assigned(
        "vimeo-token",
        "Vimeo access token",
        ("vimeo",),
        "{hex:32}",
        name="token|secret|key",
        rotate="developer.vimeo.com/apps",
    ),
    assigned(
        "tiktok-client-secret",
        "TikTok client secret",
        ("tiktok",),
        "{alnum:32}",
        name="secret",
        rotate="developers.tiktok.com/apps",
    ),
    assigned(
        "kakao-api-key",
        "Kakao API key",
        ("kakao",),
        "{hex:32}",
        rotate="developers.kakao.com/console/app",
    ),
    assigned(
        "lastfm-api-key",
        "Last.fm API key",
        ("lastfm", "last-fm"),
        "{hex:32}",
        rotate="www.last.fm/api/accounts",
    ),
    assigned(
        "giphy-api-key",
        "Giphy API key",
        ("giphy",),
        "{alnum:32}",
        severity=Severity.LOW,
        rotate="developers.giphy.com/dashboard",
    ),
    assigned(
        "newsapi-key",
        "News API key",
        ("newsapi", "news-api"),
        "{hex:32}",
        severity=Severity.LOW,
        rotate="newsapi.org/account",
    ),
    assigned(
        "tmdb-api-key",
        "TMDB API key",
        ("tmdb", "themoviedb"),
        "{hex:32}",
        severity=Severity.LOW,
        rotate="www.themoviedb.org/settings/api",
    ),
)
