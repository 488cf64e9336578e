"""
Keys that web frameworks and applications sign sessions and cookies with.

Source: the settings page of each framework (Django SECRET_KEY, Rails secret_key_base and
master.key, Laravel APP_KEY, Symfony APP_SECRET, ASP.NET machineKey).
"""

from pratique.secrets.declare import assigned, pattern
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "frameworks"
_ROTATE = "make a new key; sessions signed with the old one end"
_ANY = shape("{url:24}!({alnum:20})+")

KINDS = (
    pattern(
        "django-secret-key",
        "Secret key of Django or Flask",
        rb"(?<![\w.-])(?:DJANGO_|FLASK_|APP_)?SECRET_KEY(?:_FALLBACKS)?[\"']?\]?[ \t]{0,8}(?::[ \t]{0,4}str[ \t]{0,4})?[=:][ \t]{0,8}\[?[rb]?"
        rb"[\"']?(?P<secret>(?<=[\"'])[^\"'\r\n]{16,200}|[^\s\"'#$<{(\[][^\s\"'(\[]{24,200})",
        keywords=(b"secret_key",),
        entropy=3.3,
        rotate=_ROTATE,
        true=(
            Sample(make=text('SECRET_KEY = "{0}"\n', "dj", _ANY), path="app/settings.py"),
            Sample(
                make=text("DJANGO_SECRET_KEY={0}\n", "dj2", shape("{alnum:50}")), path="app/.env"
            ),
            Sample(
                make=text("app.config['SECRET_KEY'] = '{0}'\n", "dj3", shape("{hex:48}")),
                path="app/main.py",
            ),
        ),
        false=(
            Sample(make=lambda: "SECRET_KEY = os.environ[NAME]\n", path="app/settings.py"),
            Sample(
                make=lambda: 'SECRET_KEY = "change-me-in-production-please"\n',
                path="app/settings.py",
            ),
            Sample(
                make=lambda: "SECRET_KEY = config('DJANGO_SECRET_KEY')\n", path="app/settings.py"
            ),
        ),
    ),
    assigned(
        "rails-secret-key-base",
        "Rails secret_key_base",
        ("secret-key-base",),
        "{hex:64-128}",
        rotate="bin/rails secret",
    ),
    pattern(
        "rails-master-key",
        "Rails master key",
        rb"\A(?P<secret>[0-9a-f]{32})\s{0,2}\Z",
        keywords=tuple(b"0123456789abcdef"[n : n + 1] for n in range(16)),
        paths=("config/master.key", "config/credentials/*.key"),
        entropy=2.5,
        rotate="bin/rails credentials:edit with a new key",
        true=tuple(
            Sample(make=text("{0}\n", path, shape("{hex:32}")), path=path)
            for path in ("app/config/master.key", "app/config/credentials/production.key")
        ),
        false=(
            Sample(make=text("{0}\n", "rmk", shape("{hex:32}")), path="app/checksum.txt"),
            Sample(make=lambda: "0" * 32 + "\n", path="app/config/master.key"),
        ),
    ),
    assigned(
        "rails-master-key-variable",
        "Rails master key in a variable",
        ("rails-master",),
        "{hex:32}",
        name="key",
        rotate="bin/rails credentials:edit with a new key",
    ),
    pattern(
        "laravel-app-key",
        "Laravel APP_KEY",
        rb"APP_KEY[\"']?\s{0,4}[=:,]\s{0,4}[\"']?(?P<secret>base64:[0-9A-Za-z+/]{43}=)",
        keywords=(b"app_key",),
        entropy=3.7,
        rotate="php artisan key:generate",
        true=(
            Sample(make=text("APP_KEY=base64:{0}=\n", "lv", shape("{b64:43}")), path="app/.env"),
            Sample(
                make=text("'key' => env('APP_KEY', 'base64:{0}='),\n", "lv2", shape("{b64:43}")),
                path="config/app.php",
            ),
        ),
        false=(
            Sample(make=lambda: "APP_KEY=\n", path="app/.env"),
            Sample(make=lambda: "APP_KEY=base64:" + "A" * 43 + "=\n", path="app/.env"),
        ),
    ),
    assigned(
        "symfony-app-secret",
        "Symfony APP_SECRET",
        ("app-secret", "kernel.secret"),
        "{hex:32-64}",
        general=True,
        rotate=_ROTATE,
    ),
    pattern(
        "aspnet-machine-key",
        "ASP.NET machine key",
        rb"<machineKey\s[^>]{0,200}?(?:validation|decryption)Key=\"(?P<secret>[0-9A-Fa-f]{32,256})\"",
        keywords=(b"<machinekey",),
        entropy=3.0,
        rotate="IIS manager, Machine key: generate",
        true=(
            Sample(
                make=text(
                    '<machineKey validationKey="{0}" decryptionKey="{1}" />\n',
                    "mk",
                    shape("{HEX:128}"),
                    shape("{HEX:64}"),
                ),
                path="web.config",
            ),
            Sample(
                make=text(
                    '<machineKey decryption="AES" decryptionKey="{0}" />\n',
                    "mk2",
                    shape("{HEX:64}"),
                ),
                path="web.config",
            ),
        ),
        false=(
            Sample(
                make=lambda: '<machineKey validationKey="AutoGenerate,IsolateApps" />\n',
                path="web.config",
            ),
            Sample(
                make=lambda: '<machineKey validationKey="' + "0" * 64 + '" />\n', path="web.config"
            ),
        ),
    ),
    assigned(
        "phpmyadmin-blowfish-secret",
        "phpMyAdmin cookie secret",
        ("blowfish-secret",),
        "{url:32-64}",
        entropy=3.3,
        rotate=_ROTATE,
    ),
    pattern(
        "drupal-hash-salt",
        "Drupal hash salt",
        rb"\$settings\[[\"']hash_salt[\"']\]\s{0,4}=\s{0,4}[\"'](?P<secret>[0-9A-Za-z_+/=-]{32,120})[\"']",
        keywords=(b"hash_salt",),
        entropy=3.5,
        rotate=_ROTATE,
        true=tuple(
            Sample(
                make=text("$settings['hash_salt'] = '{0}';\n", f"dr{n}", shape("{url:74}")),
                path="web/settings.php",
            )
            for n in (1, 2)
        ),
        false=(
            Sample(make=lambda: "$settings['hash_salt'] = '';\n"),
            Sample(make=lambda: "$settings['hash_salt'] = file_get_contents('/run/salt');\n"),
        ),
    ),
    pattern(
        "joomla-secret",
        "Secret or password in Joomla's configuration",
        rb"public \$(?:secret|password|smtppass|ftp_pass)\s{0,4}=\s{0,4}[\"'](?P<secret>[^\"'\s$]{8,120})[\"']",
        keywords=(b"public $",),
        entropy=2.5,
        rotate=_ROTATE,
        true=tuple(
            Sample(
                make=text("\tpublic $" + name + " = '{0}';\n", name, shape("{alnum:16}")),
                path="configuration.php",
            )
            for name in ("secret", "password")
        ),
        false=(
            Sample(make=lambda: "\tpublic $password = '';\n"),
            Sample(make=lambda: "\tpublic $secret = 'changeme';\n"),
        ),
    ),
    pattern(
        "magento-crypt-key",
        "Magento encryption key",
        rb"'crypt'\s{0,4}=>\s{0,4}(?:\[|array\s{0,2}\()\s{0,40}'key'\s{0,4}=>\s{0,4}'(?P<secret>(?:base64)?[0-9A-Za-z+/=]{32,80})'",
        keywords=(b"'crypt'",),
        entropy=3.0,
        rotate="Magento admin, System, Manage encryption key",
        true=tuple(
            Sample(
                make=text("'crypt' => [\n    'key' => '{0}'\n],\n", f"mg{n}", shape("{hex:32}")),
                path="app/etc/env.php",
                line=2,
            )
            for n in (1, 2)
        ),
        false=(
            Sample(make=lambda: "'crypt' => [\n 'key' => ''\n],\n"),
            Sample(make=lambda: "'crypt' => [\n 'key' => '" + "0" * 32 + "'\n],\n"),
        ),
    ),
    pattern(
        "mediawiki-secret-key",
        "MediaWiki secret or upgrade key",
        rb"\$wg(?:SecretKey|UpgradeKey|DBpassword)\s{0,4}=\s{0,4}[\"'](?P<secret>[^\"'\s$]{8,128})[\"']",
        keywords=(b"$wg",),
        entropy=2.5,
        rotate=_ROTATE,
        true=(
            Sample(
                make=text('$wgSecretKey = "{0}";\n', "mw", shape("{hex:64}")),
                path="LocalSettings.php",
            ),
            Sample(
                make=text('$wgDBpassword = "{0}";\n', "mw2", shape("{alnum:16}")),
                path="LocalSettings.php",
            ),
        ),
        false=(
            Sample(make=lambda: '$wgSecretKey = "";\n'),
            Sample(make=lambda: '$wgSecretKey = "' + "x" * 40 + '";\n'),
        ),
    ),
    assigned(
        "airflow-fernet-key",
        "Fernet key of Airflow",
        ("fernet",),
        "{url:43}=",
        rotate="airflow rotate-fernet-key",
    ),
    assigned(
        "phoenix-secret-key-base",
        "Phoenix secret or signing salt",
        ("signing-salt", "live-view"),
        "{url:8-64}",
        name="salt",
        entropy=2.7,
        rotate="mix phx.gen.secret",
    ),
    assigned(
        "nextauth-secret",
        "Auth.js secret",
        ("nextauth", "auth-secret", "better-auth"),
        "{b64:32-64}{pad:2}",
        name="secret",
        rotate="npx auth secret",
    ),
    assigned(
        "strapi-app-keys",
        "Strapi secrets",
        ("admin-jwt", "api-token-salt", "transfer-token-salt", "app-keys"),
        "{b64:22-64}{pad:2}",
        rotate=_ROTATE,
    ),
    assigned(
        "n8n-encryption-key",
        "n8n encryption key",
        ("n8n-encryption",),
        "{url:24-64}",
        name="key",
        rotate=_ROTATE,
    ),
)
