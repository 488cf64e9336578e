"""
Credentials of Microsoft Azure and Entra.

Newer keys carry a mark at a fixed place (``+ASt``, ``AzFu``…), which makes them known without the
name they are given to. Source: https://github.com/microsoft/security-utilities (the marks),
https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string.
"""

from pratique.model.severity import Severity
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.published import unpublished
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "cloud-azure"
_KEYS = "Azure portal, the resource, Access keys: regenerate"
_KEY_88 = shape("{b64:86}==")
_KEY_44 = shape("{b64:43}=")
_ENTRA = shape("{alnum:3}8Q~{dot:34}")

KINDS = (
    pattern(
        "azure-storage-key",
        "Azure storage account key",
        rb"(?i:AccountKey|storage[_-]?(?:account[_-]?)?(?:access[_-]?)?key)[\"']?\s{0,2}[=:]\s{0,2}[\"']?"
        rb"(?P<secret>[0-9A-Za-z+/]{86}==)",
        keywords=(b"accountkey", b"storage"),
        severity=Severity.CRITICAL,
        check=unpublished,
        entropy=4.0,
        rotate=_KEYS,
        true=(
            Sample(
                make=text(
                    "AccountName=a;AccountKey={0};EndpointSuffix=x\n", "azure-storage-key", _KEY_88
                )
            ),
            Sample(
                make=text('storage_account_access_key = "{0}"\n', "azure-storage-key-2", _KEY_88)
            ),
        ),
        false=(
            Sample(make=text("AccountKey={0}\n", "azure-storage-key-3", _KEY_44)),
            Sample(make=lambda: "AccountKey=" + "A" * 86 + "==\n"),
        ),
    ),
    token(
        "azure-marked-key",
        "Azure key with a service's mark",
        "{b64:76}{+ASt|+ABa|+AMC|+AIo|+ARm|+ACR|ACDb|AEhS|APIM|AZEG}{b64:5}{A|Q|g|w}==",
        "{b64:33}{+ASb|+AEh|+ARm|AIoT|AzCa|ACRD}{b64:5}{A|E|I|M|Q|U|Y|c|g|k|o|s|w|0|4|8}=",
        "{url:44}AzFu{url:5}{A|Q|g|w}==",
        "{alnum:42}AzSe{A|B|C|D}{alnum:5}",
        "{alnum:42}+ACR{A|B|C|D}{alnum:5}",
        keywords=tuple(
            mark.lower()
            for mark in (
                *(b"+ASt", b"+ABa", b"+AMC", b"+AIo", b"+ARm", b"+ACR", b"ACDb", b"AEhS", b"APIM"),
                *(b"AZEG", b"+ASb", b"+AEh", b"AIoT", b"AzCa", b"ACRD", b"AzFu", b"AzSe"),
            )
        ),
        entropy=4.0,
        severity=Severity.CRITICAL,
        rotate=_KEYS,
    ),
    pattern(
        "azure-entra-client-secret",
        "Microsoft Entra client secret",
        rb"(?<![0-9A-Za-z_~.-])(?P<secret>[0-9A-Za-z_~.]{3}\dQ~[0-9A-Za-z_~.-]{31,34})(?![0-9A-Za-z_~-])",
        keywords=(b"q~",),
        severity=Severity.CRITICAL,
        entropy=3.3,
        aliases=("azure-ad-client-secret",),
        rotate="Entra admin centre, App registrations, Certificates & secrets",
        true=(
            Sample(make=text("client_secret={0}\n", "azure-entra", _ENTRA)),
            Sample(make=text('{{"secret": "{0}"}}\n', "azure-entra-2", _ENTRA)),
        ),
        false=(
            Sample(make=lambda: "client_secret=abc8Q~" + "x" * 34 + "\n"),
            Sample(
                make=text(
                    "https://cdn.example/{0}8Q~{1}~{2}.png",
                    "azure",
                    *map(shape, ("{hex:9}", "{hex:9}", "{hex:30}")),
                )
            ),
        ),
    ),
    pattern(
        "azure-sas-signature",
        "Azure shared access signature",
        rb"[?&;\"'](?:se|sv|sp|sr)=[^\s\"'<>]{4,300}?&(?:amp;)?sig=(?P<secret>[0-9A-Za-z+/%]{43,80}(?:=|%3[Dd])?)",
        keywords=(b"sig=",),
        check=unpublished,
        entropy=3.7,
        rotate="regenerate the account key or the stored access policy it was signed with",
        true=(
            Sample(
                make=text(
                    "https://a.blob.example/c?sv=2023-01-03&se=2030-01-01&sr=c&sp=r&sig={0}%3D\n",
                    "sas",
                    shape("{alnum:43}"),
                )
            ),
            Sample(
                make=text("'?sp=r&sv=2023-11-03&sr=b&sig={0}%3D'\n", "sas2", shape("{alnum:43}"))
            ),
        ),
        false=(
            Sample(make=lambda: "https://a.blob.example/c?sv=2023-01-03&sr=c&sig=<signature>\n"),
            Sample(make=text("https://a.example/?sig={0}\n", "sas3", shape("{alnum:20}"))),
        ),
    ),
    pattern(
        "azure-service-bus-key",
        "Azure shared access key (Service Bus, Event Hubs, IoT Hub)",
        rb"(?i:SharedAccessKey)[\"']?\s{0,2}[=:]\s{0,2}[\"']?(?P<secret>[0-9A-Za-z+/]{43}=)",
        keywords=(b"sharedaccesskey",),
        entropy=3.7,
        severity=Severity.CRITICAL,
        rotate=_KEYS,
        true=(
            Sample(
                make=text(
                    "Endpoint=sb://a.example/;SharedAccessKeyName=Root;SharedAccessKey={0}\n",
                    "bus",
                    _KEY_44,
                )
            ),
            Sample(make=text('"SharedAccessKey": "{0}"\n', "bus2", _KEY_44)),
        ),
        false=(
            Sample(make=lambda: "SharedAccessKey=<key>\n"),
            Sample(make=lambda: "SharedAccessKey=" + "x" * 43 + "=\n"),
        ),
    ),
    pattern(
        "azure-app-configuration-secret",
        "Azure App Configuration connection string",
        rb"Endpoint=https://[0-9A-Za-z.-]{1,100};Id=[^;\s\"']{4,60};Secret=(?P<secret>[0-9A-Za-z+/]{40,90}={0,2})",
        keywords=(b";secret=",),
        entropy=3.7,
        rotate=_KEYS,
        true=(
            Sample(
                make=text(
                    "Endpoint=https://a.azconfig.example;Id=0-l1-s0:{0};Secret={1}=\n",
                    "appc",
                    shape("{alnum:20}"),
                    shape("{b64:43}"),
                )
            ),
            Sample(
                make=text(
                    'c = "Endpoint=https://b.azconfig.example;Id=x1y2;Secret={0}="\n',
                    "appc2",
                    shape("{b64:43}"),
                )
            ),
        ),
        false=(
            Sample(make=lambda: "Endpoint=https://a.azconfig.example;Id=x1y2;Secret=<secret>\n"),
            Sample(
                make=lambda: "Endpoint=https://a.azconfig.example;Id=x1y2;Secret=" + "x" * 44 + "\n"
            ),
        ),
    ),
    assigned(
        "azure-cosmosdb-key",
        "Azure Cosmos DB key",
        ("cosmos", "cosmosdb", "documentdb"),
        "{b64:86}==",
        check=unpublished,
        severity=Severity.CRITICAL,
        rotate=_KEYS,
    ),
    assigned(
        "azure-devops-pat",
        "Azure DevOps personal access token",
        ("azure-devops", "azdo", "vsts", "system-accesstoken", "azure-pat"),
        "{lower:52}",
        rotate="dev.azure.com, User settings, Personal access tokens",
    ),
    token(
        "azure-devops-marked-pat",
        "Azure DevOps personal access token with its mark",
        "{alnum:76}AZDO{alnum:4}",
        keywords=(b"azdo",),
        rotate="dev.azure.com, User settings, Personal access tokens",
    ),
    assigned(
        "azure-openai-key",
        "Azure AI services key",
        (
            "azure-openai",
            "azure-ai",
            "cognitive",
            "azure-search",
            "ocp-apim-subscription",
            "apim-subscription",
        ),
        "{hex:32}",
        rotate=_KEYS,
    ),
    pattern(
        "azure-publish-password",
        "Azure App Service publish profile password",
        rb'userPWD="(?P<secret>[0-9A-Za-z]{60})"',
        keywords=(b"userpwd",),
        entropy=3.7,
        rotate="App Service, Overview, Reset publish profile",
        true=(
            Sample(
                make=text(
                    '<publishProfile userName="$a" userPWD="{0}" />', "pub", shape("{alnum:60}")
                )
            ),
            Sample(make=text('x userPWD="{0}"\n', "pub2", shape("{alnum:60}"))),
        ),
        false=(
            Sample(make=lambda: 'userPWD="' + "x" * 60 + '"'),
            Sample(make=lambda: 'userPWD=""'),
        ),
    ),
)
