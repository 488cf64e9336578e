"""
Passwords in the files that tools keep them in, known by the file's name and its grammar.

Encrypted forms (ansible-vault, sops, Maven's ``{…}``) are no secrets. Source: the manual of each
tool (npmrc(5), netrc, pgpass, pip.conf, settings.xml, my.cnf, wp-config.php, rclone.conf…).
"""

from pratique.secrets.checksums import no_address, not_letters_only
from pratique.secrets.declare import option, pattern
from pratique.secrets.interface import Sample
from pratique.secrets.published import unpublished
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "config-files"
_CHANGE = "change the password at the service, and keep the new one out of the image"
_WORD = shape("{alnum:16}")
_LINE = rb"(?:^|(?<=[\r\n]))[ \t]{0,16}"


KINDS = (
    pattern(
        "npmrc-auth",
        "Registry credentials in .npmrc",
        rb"(?::|^|(?<=[\r\n]))_(?:authToken|auth|password)[ \t]{0,4}=[ \t]{0,4}[\"']?(?P<secret>[0-9A-Za-z+/=._~-]{8,400})",
        keywords=(b"_auth", b"_password"),
        paths=(".npmrc", "npmrc", ".yarnrc"),
        entropy=2.5,
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(make=text("//npm.test/:_authToken={0}\n", "npmrc", _WORD), path="root/.npmrc"),
            Sample(make=text("_auth = {0}==\n", "npmrc2", shape("{b64:22}")), path="app/.npmrc"),
        ),
        false=(
            Sample(make=lambda: "//npm.test/:_authToken=${NPM_TOKEN}\n", path="root/.npmrc"),
            Sample(
                make=text("//npm.test/:_authToken={0}\n", "npmrc3", _WORD), path="root/notes.txt"
            ),
        ),
    ),
    option(
        "yarn-auth-token",
        "Registry credentials in .yarnrc.yml",
        ("npmAuthToken", "npmAuthIdent"),
        (".yarnrc.yml",),
    ),
    option("pypirc-password", "Password in .pypirc", ("password",), (".pypirc",)),
    pattern(
        "netrc-password",
        "Password in .netrc",
        rb"\bmachine\s{1,8}\S{1,120}\s{1,8}(?:(?:login|account)\s{1,8}\S{1,120}\s{1,8}){0,2}password\s{1,8}(?P<secret>[^\s$<{][^\s]{2,199})",
        keywords=(b"machine",),
        paths=(".netrc", "_netrc", "netrc", ".netrc.*"),
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text("machine git.test login ci password {0}\n", "netrc", _WORD),
                path="root/.netrc",
            ),
            Sample(
                make=text("machine git.test\n  login ci\n  password {0}\n", "netrc2", _WORD),
                path="root/.netrc",
                line=3,
            ),
        ),
        false=(
            Sample(
                make=lambda: "machine git.test login ci password $PASSWORD\n", path="root/.netrc"
            ),
            Sample(
                make=text("machine git.test login ci password {0}\n", "netrc3", _WORD),
                path="docs/a.txt",
            ),
        ),
    ),
    pattern(
        "git-credentials",
        "Password in .git-credentials",
        rb"https?://[^\s:@/]{1,100}:(?P<secret>[^\s:@/$<{][^\s@/]{2,199})@[^\s/]{3,100}",
        keywords=(b"://",),
        paths=(".git-credentials", "git/credentials", ".git/config", ".gitconfig"),
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text("https://ci:{0}@git.test\n", "gitc", _WORD), path="root/.git-credentials"
            ),
            Sample(
                make=text('[remote "o"]\n\turl = https://ci:{0}@git.test/a.git\n', "gitc2", _WORD),
                path="app/.git/config",
                line=2,
            ),
        ),
        false=(
            Sample(make=lambda: "https://git.test/a.git\n", path="root/.git-credentials"),
            Sample(make=lambda: "https://ci:${TOKEN}@git.test\n", path="root/.git-credentials"),
        ),
    ),
    pattern(
        "pgpass-password",
        "Password in .pgpass",
        _LINE
        + rb"[^\s:#][^\s:]{0,120}:(?:\d{1,5}|\*):[^\s:]{1,64}:[^\s:]{1,64}:(?P<secret>[^\s$<{][^\r\n]{2,199})",
        keywords=(b":",),
        paths=(".pgpass", "pgpass.conf"),
        general=True,
        rotate=_CHANGE,
        true=tuple(
            Sample(
                make=text("db.test:" + port + ":app:app:{0}\n", "pgpass" + port[:1], _WORD),
                path="root/.pgpass",
            )
            for port in ("5432", "*")
        ),
        false=(
            Sample(
                make=lambda: "# hostname:port:database:username:password\n", path="root/.pgpass"
            ),
            Sample(make=text("db.test:5432:app:app:{0}\n", "pgpass3", _WORD), path="root/list.txt"),
        ),
    ),
    pattern(
        "maven-settings-password",
        "Password in Maven's settings",
        rb"<(?:password|passphrase)>\s{0,40}(?P<secret>[^\s<${][^<\s]{3,199}?)\s{0,40}</(?:password|passphrase)>",
        keywords=(b"<password>", b"<passphrase>"),
        check=not_letters_only,
        paths=("settings.xml", "settings-*.xml", ".m2/*.xml"),
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text("<server><id>r</id>\n<password>{0}</password></server>\n", "mvn", _WORD),
                path="root/.m2/settings.xml",
                line=2,
            ),
            Sample(make=text("<passphrase>{0}</passphrase>\n", "mvn2", _WORD), path="settings.xml"),
        ),
        false=(
            Sample(
                make=lambda: "<password>${env.PASSWORD}</password>\n", path="root/.m2/settings.xml"
            ),
            Sample(
                make=lambda: "<password>{COQLCE6DU6GtcS5P=}</password>\n",
                path="root/.m2/settings.xml",
            ),
        ),
    ),
    option(
        "gradle-signing-password",
        "Password in gradle.properties",
        (
            "signing.password",
            "systemProp.gradle.publish.secret",
            "ossrhPassword",
            "sonatypePassword",
            "artifactory_password",
            "nexusPassword",
            "storePassword",
            "keyPassword",
        ),
        ("gradle.properties", "keystore.properties", "key.properties", "local.properties"),
    ),
    pattern(
        "nuget-config-password",
        "Password in NuGet.Config",
        rb"(?i:<add\s{1,8}key=\"(?:ClearText)?Password\"\s{0,8}value=\")(?P<secret>[^\"%$][^\"]{7,199})\"",
        keywords=(b"password",),
        paths=(
            "nuget.config",
            "NuGet.Config",
            "Nuget.Config",
            "NuGet.config",
            "Nuget.config",
            "nuget.Config",
            "NUGET.CONFIG",
            "N*.C*g",
        ),
        check=unpublished,
        general=True,
        rotate=_CHANGE,
        entropy=1.0,
        true=(
            Sample(
                make=text('<add key="ClearTextPassword" value="{0}" />\n', "nuget", _WORD),
                path="app/nuget.config",
            ),
            Sample(
                make=text('<add key="Password"  value="{0}"/>\n', "nuget2", _WORD),
                path="NuGet.Config",
            ),
        ),
        false=(
            Sample(
                make=lambda: '<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />\n',
                path="app/nuget.config",
            ),
            Sample(
                make=text('<add key="ClearTextPassword" value="{0}" />\n', "nuget3", _WORD),
                path="app/some.xml",
            ),
        ),
    ),
    pattern(
        "composer-auth",
        "Credentials in Composer's auth.json",
        rb'"(?:password|github\.com|gitlab\.com|[a-z0-9.-]{3,60})"\s{0,4}:\s{0,4}"(?P<secret>[^"\s$<{]{8,200})"',
        keywords=(b'"',),
        paths=("auth.json",),
        entropy=3.0,
        check=no_address,
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text(
                    '{{"http-basic": {{"repo.test": {{"username": "a",\n"password": "{0}"}}}}}}',
                    "comp",
                    _WORD,
                ),
                path="root/.composer/auth.json",
                line=2,
            ),
            Sample(
                make=text(
                    '{{"github-oauth": {{"github.com": "{0}"}}}}', "comp2", shape("{hex:40}")
                ),
                path="app/auth.json",
            ),
        ),
        false=(
            Sample(make=lambda: '{"http-basic": {}}', path="app/auth.json"),
            Sample(
                make=lambda: '{"github-oauth": {"github.com": "your-token"}}', path="app/auth.json"
            ),
        ),
    ),
    option(
        "boto-secret",
        "Secret key in .boto or .s3cfg",
        ("aws_secret_access_key", "gs_secret_access_key", "gs_oauth2_refresh_token", "secret_key"),
        (".boto", ".s3cfg", "s3cfg", ".passwd-s3fs"),
    ),
    option(
        "rclone-password",
        "Password in rclone.conf",
        ("pass", "password", "secret_access_key", "client_secret", "token"),
        ("rclone.conf", ".rclone.conf"),
    ),
    pattern(
        "terraformrc-token",
        "Token in .terraformrc or credentials.tfrc.json",
        rb"[\"']?token[\"']?\s{0,4}[=:]\s{0,4}\"(?P<secret>[0-9A-Za-z._-]{20,300})\"",
        keywords=(b"token",),
        paths=(".terraformrc", "terraform.rc", "credentials.tfrc.json", ".terraform.d/*.json"),
        entropy=3.3,
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text(
                    'credentials "tf.test" {{\n  token = "{0}"\n}}\n', "tfrc", shape("{alnum:40}")
                ),
                path="root/.terraformrc",
                line=2,
            ),
            Sample(
                make=text(
                    '{{"credentials": {{"tf.test": {{"token": "{0}"}}}}}}',
                    "tfrc2",
                    shape("{alnum:40}"),
                ),
                path="root/.terraform.d/credentials.tfrc.json",
            ),
        ),
        false=(
            Sample(make=lambda: 'token = "' + "x" * 40 + '"\n', path="root/.terraformrc"),
            Sample(make=text('token = "{0}"\n', "tfrc3", shape("{alnum:40}")), path="root/a.txt"),
        ),
    ),
    pattern(
        "terraform-password",
        "Password in a Terraform file",
        rb"(?<![\w-])(?:administrator_login_password|admin_password|master_password|password|secret_string)[ \t]{0,24}=[ \t]{0,8}\"(?P<secret>[^\"\s$]{8,100})\"",
        keywords=(b"password", b"secret_string"),
        paths=("*.tf", "*.hcl", "*.tfvars", "*.tfstate"),
        entropy=2.0,
        aliases=("hashicorp-tf-password",),
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text(
                    'resource "a" "b" {{\n  administrator_login_password = "{0}"\n}}\n', "tf", _WORD
                ),
                path="infra/main.tf",
                line=2,
            ),
            Sample(make=text('password = "{0}"\n', "tf2", _WORD), path="infra/prod.tfvars"),
        ),
        false=(
            Sample(make=lambda: "password = var.db_password\n", path="infra/main.tf"),
            Sample(
                make=lambda: 'password = "${aws_db_instance.default.password}"\n',
                path="infra/main.tf",
            ),
        ),
    ),
    pattern(
        "terraform-state-password",
        "Password in Terraform's state",
        rb"\"(?:[a-z_]{0,30}password|secret_string|private_key_pem|client_secret|secret_access_key|secret)\"\s{0,4}:\s{0,4}\"(?P<secret>[^\"\s$]{8,4000})\"",
        keywords=(b'password"', b"secret", b'private_key_pem"'),
        paths=("*.tfstate", "*.tfstate.backup"),
        entropy=2.0,
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text('{{"attributes": {{"password": "{0}"}}}}', "tfs", _WORD),
                path="infra/terraform.tfstate",
            ),
            Sample(
                make=text('{{"attributes": {{\n"secret_string": "{0}"}}}}', "tfs2", _WORD),
                path="infra/a.tfstate",
                line=2,
            ),
        ),
        false=(
            Sample(
                make=lambda: '{"attributes": {"password": null}}', path="infra/terraform.tfstate"
            ),
            Sample(
                make=text('{{"attributes": {{"password": "{0}"}}}}', "tfs3", _WORD),
                path="infra/a.jsonl",
            ),
        ),
    ),
    pattern(
        "filezilla-password",
        "Password in FileZilla's sites",
        rb"<Pass(?: encoding=\"base64\")?>(?P<secret>[^<\s]{4,200})</Pass>",
        keywords=(b"<pass",),
        general=True,
        rotate=_CHANGE,
        paths=("sitemanager.xml", "recentservers.xml", "filezilla.xml", "FileZilla.xml"),
        placeholders_allowed=True,
        true=(
            Sample(
                make=text('<Pass encoding="base64">{0}==</Pass>\n', "fz", shape("{b64:14}")),
                path="root/.config/filezilla/sitemanager.xml",
            ),
            Sample(make=text("<Pass>{0}</Pass>\n", "fz2", _WORD), path="recentservers.xml"),
        ),
        false=(
            Sample(make=lambda: "<Pass></Pass>\n", path="sitemanager.xml"),
            Sample(make=text("<Pass>{0}</Pass>\n", "fz3", _WORD), path="a.xml"),
        ),
    ),
    pattern(
        "sftp-config-password",
        "Password in an editor's SFTP settings",
        rb'"(?:password|passphrase)"\s{0,4}:\s{0,4}"(?P<secret>[^"\s$]{4,200})"',
        keywords=(b'"password"', b'"passphrase"'),
        general=True,
        rotate=_CHANGE,
        paths=(
            "sftp.json",
            "sftp-config.json",
            ".ftpconfig",
            ".sftpconfig.json",
            ".remote-sync.json",
        ),
        true=tuple(
            Sample(make=text('{{"host": "h", "password": "{0}"}}', path, _WORD), path=path)
            for path in (".vscode/sftp.json", "app/.ftpconfig")
        ),
        false=(
            Sample(make=lambda: '{"password": ""}', path="sftp.json"),
            Sample(make=lambda: '{"password": "changeme"}', path="sftp.json"),
        ),
    ),
)
