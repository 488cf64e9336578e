"""Credentials of maps, weather, travel and market data."""

from pratique.model.severity import Severity
from pratique.secrets.declare import assigned, token

NAME = "maps"
_MAPBOX = "console.mapbox.com/account/access-tokens"

KINDS = (
    token(
        "mapbox-secret-token",
        "Mapbox secret token",
        "sk.eyJ1Ijoi{url:50-160}.{url:22}",
        rotate=_MAPBOX,
    ),
    token(
        "mapbox-api-token",
        "Mapbox public token",
        "pk.{alnum:60}.{alnum:22}",
        near=(b"mapbox",),
        keywords=(b"pk.",),
        severity=Severity.LOW,
        rotate=_MAPBOX,
    ),
    token(
        "maxmind-license-key",
        "MaxMind licence key",
        "{alnum:6}_{alnum:29}_mmk",
        keywords=(b"_mmk",),
        rotate="www.maxmind.com/en/accounts/current/license-key",
    ),
    assigned(
        "maxmind-legacy-license-key",
        "MaxMind licence key of the older form",
        ("maxmind", "geoip", "geoipupdate"),
        "{alnum:16}",
        name="license_?key|licence_?key",
        rotate="www.maxmind.com/en/accounts/current/license-key",
    ),
    assigned(
        "here-api-key",
        "HERE API key",
        ("here-api", "here-maps", "heremaps"),
        "{url:43}",
        rotate="platform.here.com/access",
    ),
    assigned(
        "tomtom-api-key",
        "TomTom API key",
        ("tomtom",),
        "{alnum:32}",
        rotate="developer.tomtom.com/user/me/apps",
    ),
    assigned(
        "openweather-api-key",
        "OpenWeather API key",
        ("openweather", "openweathermap", "owm"),
        "{hex:32}",
        severity=Severity.LOW,
        rotate="home.openweathermap.org/api_keys",
    ),
    assigned(
        "locationiq-key",
        "LocationIQ key",
        ("locationiq",),
        "pk.{hex:32}",
        severity=Severity.LOW,
        rotate="my.locationiq.com/dashboard",
    ),
    assigned(
        "ipstack-key",
        "ipstack, ipinfo or similar key",
        ("ipstack", "ipapi", "ipgeolocation", "ipdata"),
        "{hex:32}",
        severity=Severity.LOW,
        rotate="the service's dashboard",
    ),
    assigned(
        "ipinfo-token",
        "IPinfo token",
        ("ipinfo",),
        "{hex:14}",
        severity=Severity.LOW,
        entropy=2.4,
        rotate="ipinfo.io/account/token",
    ),
    assigned(
        "finnhub-access-token",
        "Finnhub API key",
        ("finnhub",),
        "{lower:20}",
        rotate="finnhub.io/dashboard",
    ),
    assigned(
        "alphavantage-key",
        "Alpha Vantage API key",
        ("alphavantage", "alpha-vantage"),
        "{upper:16}",
        severity=Severity.LOW,
        rotate="www.alphavantage.co/support",
    ),
    assigned(
        "amadeus-api-secret",
        "Amadeus API secret",
        ("amadeus",),
        "{alnum:16}",
        name="secret",
        rotate="developers.amadeus.com/my-apps",
    ),
    token(
        "market-data-key",
        "Nasdaq Data Link or Polygon key in a variable",
        "{POLYGON_API_KEY|NASDAQ_DATA_LINK_API_KEY}={url:20-40}",
        entropy=3.0,
        rotate="the service's dashboard",
    ),
    assigned(
        "virustotal-api-key",
        "VirusTotal API key",
        ("virustotal", "vt-api"),
        "{hex:64}",
        rotate="www.virustotal.com/gui/my-apikey",
    ),
    assigned(
        "shodan-api-key", "Shodan API key", ("shodan",), "{alnum:32}", rotate="account.shodan.io"
    ),
    assigned(
        "abuseipdb-key",
        "AbuseIPDB API key",
        ("abuseipdb",),
        "{hex:80}",
        rotate="www.abuseipdb.com/account/api",
    ),
    assigned(
        "hunter-io-key",
        "Hunter API key",
        ("hunter-io", "hunterio"),
        "{hex:40}",
        rotate="hunter.io/api-keys",
    ),
    assigned(
        "geoapify-key",
        "Geoapify or OpenCage key",
        ("geoapify", "opencage"),
        "{hex:32}",
        severity=Severity.LOW,
        rotate="the service's dashboard",
    ),
)
