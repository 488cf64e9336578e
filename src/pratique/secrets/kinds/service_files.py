"""
Passwords in the files of services and systems, and hashes of passwords wherever they stand.

Source: the manual of each service (my.cnf, sasl_passwd(5), wpa_supplicant.conf(5), snmpd.conf(5),
redis.conf, ldap.conf(5), tomcat-users.xml, cloud-init, wp-config.php), crypt(5), RFC 2307.
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import no_expression, user_and_password
from pratique.secrets.declare import option, pattern
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "service-files"
_CHANGE = "change the password at the service, and keep the new one out of the image"
_WORD = shape("{alnum:16}")
_NOT_SHOWN = rb"".join(rb"(?<![*][ \t]{%d})" % width for width in range(1, 9))
"""Behind no star of a comment that describes a function."""
_LINE = rb"(?:^|(?<=[\r\n]))[ \t]{0,16}"

KINDS = (
    option(
        "mysql-client-password",
        "Password in my.cnf",
        ("password", "passwd"),
        ("my.cnf", ".my.cnf", "debian.cnf", "my.cnf.d/*.cnf", "mysql/conf.d/*.cnf"),
    ),
    option(
        "mail-client-password",
        "Password of a mail client",
        ("password", "passwd", "imap_pass", "smtp_pass", "AuthPass", "my_pass"),
        (
            ".msmtprc",
            "msmtprc",
            ".muttrc",
            "muttrc",
            ".fetchmailrc",
            "ssmtp.conf",
            ".offlineimaprc",
            ".mbsyncrc",
            ".esmtprc",
            ".mailrc",
        ),
    ),
    pattern(
        "postfix-sasl-password",
        "Relay password of Postfix",
        _LINE + rb"[^\s#]{3,120}[ \t]{1,8}[^\s:]{1,100}:(?P<secret>[^\s$<{]{4,200})",
        keywords=(b":",),
        paths=("sasl_passwd", "sasl/passwd", "relay_password"),
        general=True,
        rotate=_CHANGE,
        true=tuple(
            Sample(make=text("[smtp.test]:587 ci:{0}\n", f"sasl{n}", _WORD), path=path)
            for n, path in enumerate(("etc/postfix/sasl_passwd", "etc/postfix/sasl/passwd"))
        ),
        false=(
            Sample(
                make=lambda: "# [smtp.test]:587 user:password\n", path="etc/postfix/sasl_passwd"
            ),
            Sample(make=lambda: "[smtp.test]:587 ci:${PASS}\n", path="etc/postfix/sasl_passwd"),
        ),
    ),
    pattern(
        "wifi-psk",
        "Key of a wireless network",
        _LINE + rb"(?:psk|wep-key0|password|sae_password)=\"?(?P<secret>[^\"\r\n$<]{8,64})\"?",
        keywords=(b"psk=", b"wep-key0=", b"password="),
        paths=("wpa_supplicant*.conf", "*.nmconnection", "NetworkManager/system-connections/*"),
        rotate="change the network's key",
        severity=Severity.MEDIUM,
        true=(
            Sample(
                make=text('network={{\n ssid="a"\n psk="{0}"\n}}\n', "psk", _WORD),
                path="etc/wpa_supplicant/wpa_supplicant.conf",
                line=3,
            ),
            Sample(
                make=text("[wifi-security]\npsk={0}\n", "psk2", _WORD),
                path="etc/NetworkManager/system-connections/a.nmconnection",
                line=2,
            ),
        ),
        false=(
            Sample(
                make=lambda: 'psk="xxxxxxxxxxxx"\n', path="etc/wpa_supplicant/wpa_supplicant.conf"
            ),
            Sample(make=text('psk="{0}"\n', "psk3", _WORD), path="etc/a.conf"),
        ),
    ),
    option(
        "snmp-community",
        "SNMP community that may write",
        ("rwcommunity",),
        ("snmpd.conf", "snmp.conf", "snmptrapd.conf"),
    ),
    option(
        "redis-password",
        "Password in Redis' configuration",
        ("requirepass", "masterauth"),
        ("redis.conf", "redis*.conf", "sentinel.conf", "valkey.conf"),
    ),
    option(
        "rabbitmq-password",
        "Password in RabbitMQ's configuration",
        ("default_pass",),
        ("rabbitmq.conf", "conf.d/*.conf"),
    ),
    option(
        "ldap-bind-password",
        "Password of a directory's user",
        ("bindpw", "rootbindpw", "rootpw", "bind_password", "ldap_default_authtok", "dnpass"),
        (
            "ldap.conf",
            "nslcd.conf",
            "sssd.conf",
            "pam_ldap.conf",
            "slapd.conf",
            "libnss-ldap.conf",
            "dovecot-ldap.conf*",
            "ldap.secret",
        ),
    ),
    option(
        "grafana-admin-password",
        "Password in Grafana's settings",
        ("admin_password", "password", "secret_key"),
        ("grafana.ini", "grafana/custom.ini"),
    ),
    option(
        "radius-secret",
        "Shared secret of RADIUS",
        ("secret",),
        ("clients.conf", "radiusclient/servers", "radius.conf"),
    ),
    pattern(
        "tomcat-user-password",
        "Password of a Tomcat user",
        rb"<user\s[^>]{0,200}?password=\"(?P<secret>[^\"<$]{3,200})\"",
        keywords=(b"<user",),
        paths=("tomcat-users.xml",),
        general=True,
        rotate=_CHANGE,
        true=tuple(
            Sample(
                make=text(
                    '<user username="a" ' + role + 'password="{0}"/>\n', "tc" + role[:1], _WORD
                ),
                path="opt/tomcat/conf/tomcat-users.xml",
            )
            for role in ("", 'roles="manager-gui" ')
        ),
        false=(
            Sample(
                make=lambda: (
                    '<user username="admin" password="<must-be-changed>" roles="manager-gui"/>\n'
                ),
                path="conf/tomcat-users.xml",
            ),
            Sample(
                make=text('<user username="a" password="{0}"/>\n', "tc3", _WORD), path="conf/x.xml"
            ),
        ),
    ),
    pattern(
        "cloud-init-password",
        "Password in cloud-init's user data",
        rb"#cloud-config(?:[^\0]{0,3000}?)\n[ \t]{0,12}(?:-[ \t]{0,4})?(?:password|plain_text_passwd|passwd|hashed_passwd)[ \t]{0,4}:[ \t]{1,4}[\"']?"
        rb"(?P<secret>[^\s\"'$<{R][^\s\"']{3,199}|\$[0-9a-z]{1,6}\$[^\s\"']{10,200})",
        keywords=(b"#cloud-config",),
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text("#cloud-config\nuser: a\npassword: {0}\n", "ci1", _WORD),
                path="var/lib/cloud/user-data",
                line=3,
            ),
            Sample(
                make=text(
                    "#cloud-config\nusers:\n  - name: a\n    plain_text_passwd: {0}\n", "ci2", _WORD
                ),
                path="user-data.yaml",
                line=4,
            ),
        ),
        false=(
            Sample(make=lambda: "#cloud-config\npassword: RANDOM\n", path="user-data"),
            Sample(
                make=lambda: "#cloud-config\nusers:\n  - name: a\n    lock_passwd: true\n",
                path="user-data",
            ),
        ),
    ),
    pattern(
        "wordpress-config-secret",
        "Password or salt in wp-config.php",
        _NOT_SHOWN
        + rb"define\(\s{0,4}[\"'](?:DB_PASSWORD|FTP_PASS|(?:SECURE_AUTH|AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT))[\"']\s{0,4},\s{0,8}[\"'](?P<secret>[^\"'\r\n]{6,200})[\"']",
        keywords=(b"define(",),
        rotate="change the password; new salts: api.wordpress.org/secret-key/1.1/salt",
        true=(
            Sample(
                make=text("define('DB_PASSWORD', '{0}');\n", "wp", _WORD),
                path="var/www/wp-config.php",
            ),
            Sample(
                make=text("define( 'AUTH_KEY',  '{0}' );\n", "wp2", shape("{url:64}")),
                path="var/www/wp-config.php",
            ),
        ),
        false=(
            Sample(
                make=lambda: "define('DB_PASSWORD', getenv('DB_PASSWORD'));\n", path="wp-config.php"
            ),
            Sample(
                make=lambda: "define('AUTH_KEY', 'put your unique phrase here');\n",
                path="wp-config.php",
            ),
            Sample(
                make=text(" *     define( 'AUTH_KEY',  '{0}' );\n", "wp3", shape("{url:64}")),
                path="var/www/wp-includes/pluggable.php",
            ),
        ),
    ),
    pattern(
        "jenkins-stored-secret",
        "Secret in Jenkins' credentials",
        rb"<(?:password|privateKey|secret|passphrase|apiToken|secretBytes)>\s{0,4}(?P<secret>\{AQAAABAAAA[0-9A-Za-z+/]{40,8000}={0,2}\})",
        keywords=(b"{aqaaabaaaa",),
        placeholders_allowed=True,
        severity=Severity.MEDIUM,
        rotate="change it at the service: Jenkins' own keys in the same image open it",
        true=tuple(
            Sample(
                make=text(
                    "<" + name + ">{{AQAAABAAAA{0}=}}</" + name + ">\n", name, shape("{b64:63}")
                ),
                path="var/jenkins_home/credentials.xml",
            )
            for name in ("password", "secret")
        ),
        false=(
            Sample(make=lambda: "<password>{AQAAABAAAA...}</password>\n"),
            Sample(make=lambda: "<password/>\n"),
        ),
    ),
    pattern(
        "password-hash",
        "Hash of a password",
        rb"(?<![0-9A-Za-z$./])(?P<secret>\$(?:apr1|1)\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}|\$2[abxy]\$\d\d\$[./0-9A-Za-z]{53}"
        rb"|\$5\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{43}|\$6\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}"
        rb"|\$(?:y|gy|7)\$[./0-9A-Za-z]{1,40}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}"
        rb"|\$argon2(?:id|i|d)\$v=\d{2}\$m=\d{1,9},t=\d{1,4},p=\d{1,3}\$[0-9A-Za-z+/]{8,88}\$[0-9A-Za-z+/]{16,172}"
        rb"|\$P\$[./0-9A-Za-z]{31}|\$scrypt\$ln=\d{1,2},r=\d{1,3},p=\d{1,3}\$[0-9A-Za-z+/]{8,88}\$[0-9A-Za-z+/]{16,172}"
        rb"|pbkdf2_sha(?:256|512|1)\$\d{3,8}\$[0-9A-Za-z]{6,44}\$[0-9A-Za-z+/]{27,88}={0,2}"
        rb"|\{(?:SSHA|SSHA256|SSHA512|SMD5|SHA|SHA512)\}[0-9A-Za-z+/]{27,120}={0,2})(?![0-9A-Za-z./+=])",
        keywords=(
            b"$apr1$",
            b"$1$",
            b"$2",
            b"$5$",
            b"$6$",
            b"$y$",
            b"$gy$",
            b"$7$",
            b"$argon2",
            b"$p$",
            b"$scrypt$",
            b"pbkdf2_sha",
            b"{ssha",
            b"{smd5}",
            b"{sha",
        ),
        severity=Severity.MEDIUM,
        entropy=3.0,
        rotate="change the password: a hash can be guessed offline",
        true=(
            Sample(
                make=text(
                    "root:$6${0}${1}:19700:0:99999:7:::\n",
                    "hash",
                    shape("{alnum:16}"),
                    shape("{alnum:86}"),
                ),
                path="etc/shadow",
            ),
            Sample(
                make=text(
                    "admin:$apr1${0}${1}\n", "hash2", shape("{alnum:8}"), shape("{alnum:22}")
                ),
                path="etc/htpasswd",
            ),
            Sample(
                make=text(
                    "INSERT INTO users VALUES (1,'a','$2b$12${0}');\n", "hash3", shape("{alnum:53}")
                )
            ),
            Sample(
                make=text(
                    "password = 'pbkdf2_sha256$600000${0}${1}='\n",
                    "hash4",
                    shape("{alnum:22}"),
                    shape("{b64:43}"),
                )
            ),
        ),
        false=(
            Sample(make=lambda: "bin:*:19700:0:99999:7:::\n", path="etc/shadow"),
            Sample(make=lambda: "echo $1$2 costs $5\n"),
            Sample(
                make=text(
                    "root:$6${0}${1}:19700::::::\n",
                    "hash5",
                    shape("{alnum:16}"),
                    shape("{alnum:40}"),
                ),
                path="etc/shadow",
            ),
        ),
    ),
    pattern(
        "basic-auth-encoded",
        "User and password in base64 in a configuration",
        rb"(?i:basic[_-]?auth|auth[_-]?basic|_auth|basic_auth_header)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?:Basic )?(?P<secret>[0-9A-Za-z+/]{8,400}={0,2})(?![0-9A-Za-z+/=])",
        keywords=(b"auth",),
        check=user_and_password,
        general=True,
        rotate=_CHANGE,
        true=(
            Sample(make=lambda: "BASIC_AUTH=" + "Y2k6OEhscndZTWZ2ZWE5" + "\n"),
            Sample(make=lambda: 'basic_auth: "Basic ' + "Ym90OjlxS3d4TDRtVjI=" + '"\n'),
        ),
        false=(
            Sample(make=lambda: "BASIC_AUTH=enabled\n"),
            Sample(make=lambda: "basic_auth: ${BASIC_AUTH}\n"),
        ),
    ),
    pattern(
        "ansible-password",
        "Password in an Ansible inventory or its variables",
        rb"\bansible_(?:ssh_|become_|sudo_|su_|winrm_)?pass(?:word)?\s{0,2}[=:]\s{0,2}[\"']?(?P<secret>[^\s\"'{$!<][^\s\"']{3,199})",
        keywords=(b"ansible_",),
        general=True,
        check=no_expression,
        rotate=_CHANGE,
        true=(
            Sample(
                make=text("db1 ansible_user=root ansible_password={0}\n", "ans", _WORD),
                path="hosts",
            ),
            Sample(
                make=text("---\nansible_become_pass: {0}\n", "ans2", _WORD),
                path="group_vars/all.yml",
                line=2,
            ),
        ),
        false=(
            Sample(
                make=lambda: 'ansible_password: "{{ vault_password }}"\n', path="group_vars/all.yml"
            ),
            Sample(make=lambda: "update(ansible_password=connection.password)\n", path="a.py"),
            Sample(make=lambda: "@NAME ansible_password=@PASSWORD\n", path="inventory.template"),
            Sample(make=lambda: "ansible_become_pass: !vault |\n", path="group_vars/all.yml"),
        ),
    ),
)
