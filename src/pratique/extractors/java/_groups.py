"""
Know the groups of well-known artifacts whose jars often carry no Maven files.

Ant and Gradle builds, and repackaging by distributions, leave only a file name. Each artifact id
below is distinct enough that one group alone publishes it on Maven Central, or one group after
another, as ``_MOVED`` says from which version on.
Source: the directory listings of Maven Central, https://repo.maven.apache.org/maven2/.
"""

from pratique.formats.versions.maven import sort_key
from pratique.model.errors import FormatError

_BY_GROUP = {
    "antlr": "antlr",
    "aopalliance": "aopalliance",
    "axis": "axis axis-wsdl4j",
    "backport-util-concurrent": "backport-util-concurrent",
    "cglib": "cglib cglib-nodep",
    "classworlds": "classworlds",
    "co.elastic.clients": "elasticsearch-java",
    "com.auth0": "java-jwt",
    "com.beust": "jcommander",
    "com.databricks": "databricks-jdbc",
    "com.fasterxml.jackson.core": "jackson-annotations jackson-core jackson-databind",
    "com.github.ben-manes.caffeine": "caffeine",
    "com.github.jnr": "jffi jnr-constants jnr-ffi jnr-posix",
    "com.github.junrar": "junrar",
    "com.github.spotbugs": "spotbugs-annotations",
    "com.google.api": "api-common gax gax-grpc gax-httpjson",
    "com.google.code.findbugs": "jsr305",
    "com.google.code.gson": "gson",
    "com.google.crypto.tink": "tink",
    "com.google.guava": "failureaccess guava listenablefuture",
    "com.google.inject": "guice",
    "com.google.inject.extensions": "guice-assistedinject guice-multibindings guice-servlet",
    "com.google.protobuf": "protobuf-java protobuf-java-util",
    "com.google.re2j": "re2j",
    "com.graphql-java": "graphql-java java-dataloader",
    "com.h2database": "h2",
    "com.jayway.jsonpath": "json-path",
    "com.lowagie": "itext",
    "com.mchange": "mchange-commons-java",
    "com.microsoft.sqlserver": "mssql-jdbc",
    "com.mysql": "mysql-connector-j",
    "com.oracle.database.jdbc": "ojdbc6 ojdbc8 ojdbc10 ojdbc11 ojdbc17 ucp ucp11 ucp17",
    "com.squareup.okhttp3": "okhttp",
    "com.squareup.retrofit2": "retrofit",
    "com.squareup.okio": "okio okio-jvm",
    "com.sun.mail": "jakarta.mail javax.mail",
    "com.sun.xml.bind": "jaxb-core jaxb-impl",
    "com.thoughtworks.xstream": "xstream",
    "com.zaxxer": "HikariCP",
    "commons-beanutils": "commons-beanutils commons-beanutils-core",
    "commons-chain": "commons-chain",
    "commons-cli": "commons-cli",
    "commons-codec": "commons-codec",
    "commons-collections": "commons-collections",
    "commons-configuration": "commons-configuration",
    "commons-daemon": "commons-daemon",
    "commons-dbcp": "commons-dbcp",
    "commons-dbutils": "commons-dbutils",
    "commons-digester": "commons-digester",
    "commons-discovery": "commons-discovery",
    "commons-el": "commons-el",
    "commons-fileupload": "commons-fileupload",
    "commons-httpclient": "commons-httpclient",
    "commons-io": "commons-io",
    "commons-jexl": "commons-jexl",
    "commons-jxpath": "commons-jxpath",
    "commons-lang": "commons-lang",
    "commons-logging": "commons-logging commons-logging-api",
    "commons-net": "commons-net",
    "commons-pool": "commons-pool",
    "commons-validator": "commons-validator",
    "concurrent": "concurrent",
    "io.grpc": (
        "grpc-all grpc-alts grpc-api grpc-auth grpc-census grpc-context grpc-core "
        "grpc-googleapis grpc-grpclb grpc-inprocess grpc-netty grpc-netty-shaded grpc-okhttp "
        "grpc-protobuf grpc-protobuf-lite grpc-rls grpc-services grpc-stub grpc-util grpc-xds"
    ),
    "io.opencensus": "opencensus-api opencensus-contrib-http-util opencensus-proto",
    "io.opentelemetry": (
        "opentelemetry-api opentelemetry-api-events opentelemetry-common opentelemetry-context "
        "opentelemetry-extension-incubator opentelemetry-extension-trace-propagators"
    ),
    "io.perfmark": "perfmark-api",
    "io.undertow": "undertow-core undertow-servlet",
    "jakarta.activation": "jakarta.activation-api",
    "jakarta.annotation": "jakarta.annotation-api",
    "jakarta.el": "jakarta.el-api",
    "jakarta.servlet": "jakarta.servlet-api",
    "javax.activation": "activation javax.activation-api",
    "javax.annotation": "javax.annotation-api",
    "javax.inject": "javax.inject",
    "javax.mail": "javax.mail-api mail",
    "javax.servlet": "javax.servlet-api jstl servlet-api",
    "javax.servlet.jsp": "javax.servlet.jsp-api jsp-api",
    "javax.transaction": "jta",
    "javax.validation": "validation-api",
    "javax.xml.bind": "jaxb-api",
    "jaxen": "jaxen",
    "joda-time": "joda-time",
    "junit": "junit",
    "log4j": "apache-log4j-extras log4j",
    "mysql": "mysql-connector-java",
    "net.bytebuddy": "byte-buddy byte-buddy-agent",
    "net.java.dev.jna": "jna jna-platform",
    "net.jcip": "jcip-annotations",
    "net.minidev": "accessors-smart json-smart",
    "net.sf.ehcache": "ehcache-core",
    "net.sf.json-lib": "json-lib",
    "net.sf.saxon": "Saxon-HE",
    "net.snowflake": "snowflake-jdbc",
    "ognl": "ognl",
    "org.apache.activemq": "activemq-all activemq-broker activemq-client activemq-core",
    "org.apache.ant": "ant ant-launcher",
    "org.apache.avro": "avro",
    "org.apache.commons": (
        "commons-collections4 commons-compress commons-configuration2 commons-csv "
        "commons-dbcp2 commons-email commons-exec commons-fileupload2-core commons-jexl3 "
        "commons-lang3 commons-math commons-math3 commons-pool2 commons-text commons-vfs2"
    ),
    "org.apache.derby": "derby derbyclient derbynet derbyshared derbytools",
    "org.apache.httpcomponents": "fluent-hc httpclient httpclient-cache httpcore httpmime",
    "org.apache.kafka": (
        "connect-api connect-json connect-mirror connect-runtime connect-transforms "
        "kafka-clients kafka-group-coordinator kafka-metadata kafka-raft kafka-server "
        "kafka-server-common kafka-storage kafka-storage-api kafka-streams kafka-tools "
        "kafka-tools-api kafka_2.10 kafka_2.11 kafka_2.12 kafka_2.13"
    ),
    "org.apache.logging.log4j": (
        "log4j-1.2-api log4j-api log4j-core log4j-jcl log4j-slf4j-impl log4j-web"
    ),
    "org.apache.poi": (
        "poi poi-ooxml poi-ooxml-full poi-ooxml-lite poi-ooxml-schemas poi-scratchpad"
    ),
    "org.apache.struts": "struts-core struts-taglib struts-tiles struts2-core",
    "org.apache.thrift": "libfb303 libthrift",
    "org.apache.tika": "tika-core tika-parsers",
    "org.apache.tomcat.embed": (
        "tomcat-embed-core tomcat-embed-el tomcat-embed-jasper tomcat-embed-websocket"
    ),
    "org.apache.velocity": "velocity-engine-core",
    "org.apache.xmlbeans": "xmlbeans",
    "org.apache.xmlgraphics": "batik-all fop xmlgraphics-commons",
    "org.apache.zookeeper": "zookeeper zookeeper-jute",
    "org.aspectj": "aspectjrt aspectjtools aspectjweaver",
    "org.bouncycastle": (
        "bcmail-jdk15on bcmail-jdk18on bcpg-jdk15on bcpg-jdk18on bcpkix-jdk15on "
        "bcpkix-jdk18on bcprov-ext-jdk15on bcprov-jdk14 bcprov-jdk15on bcprov-jdk15to18 "
        "bcprov-jdk16 bcprov-jdk18on bctls-jdk15on bctls-jdk18on bcutil-jdk15on "
        "bcutil-jdk18on"
    ),
    "org.ccil.cowan.tagsoup": "tagsoup",
    "org.checkerframework": "checker-compat-qual checker-qual",
    "org.codehaus.jackson": "jackson-core-asl jackson-jaxrs jackson-mapper-asl jackson-xc",
    "org.codehaus.janino": "commons-compiler janino",
    "org.codehaus.jettison": "jettison",
    "org.codehaus.woodstox": "stax2-api woodstox-core-asl wstx-asl",
    "org.conscrypt": "conscrypt-openjdk conscrypt-openjdk-uber",
    "org.eclipse.jdt": "ecj",
    "org.eclipse.jetty": (
        "jetty-http jetty-io jetty-security jetty-server jetty-servlet jetty-util "
        "jetty-webapp jetty-xml"
    ),
    "org.elasticsearch.client": (
        "elasticsearch-rest-client elasticsearch-rest-client-sniffer "
        "elasticsearch-rest-high-level-client"
    ),
    "org.freemarker": "freemarker",
    "org.graalvm.sdk": "graal-sdk",
    "org.hamcrest": "hamcrest-core hamcrest-library",
    "org.hibernate": "hibernate-entitymanager",
    "org.javassist": "javassist-GA",
    "org.jdom": "jdom2",
    "org.jetbrains.kotlin": (
        "kotlin-reflect kotlin-stdlib kotlin-stdlib-common kotlin-stdlib-jdk7 kotlin-stdlib-jdk8"
    ),
    "org.jsoup": "jsoup",
    "org.lz4": "lz4-java",
    "org.mozilla": "rhino",
    "org.objenesis": "objenesis",
    "org.owasp.antisamy": "antisamy",
    "org.owasp.esapi": "esapi",
    "org.python": "jython jython-standalone",
    "org.reactivestreams": "reactive-streams",
    "org.roaringbitmap": "RoaringBitmap",
    "org.rocksdb": "rocksdbjni",
    "org.scala-lang": "scala-compiler scala-library scala-reflect scala3-library_3",
    "org.slf4j": (
        "jcl-over-slf4j jul-to-slf4j log4j-over-slf4j slf4j-api slf4j-jdk14 slf4j-log4j12 "
        "slf4j-nop slf4j-simple"
    ),
    "org.springframework": (
        "spring-aop spring-aspects spring-beans spring-context spring-context-support "
        "spring-core spring-expression spring-jcl spring-jdbc spring-jms spring-messaging "
        "spring-orm spring-oxm spring-test spring-tx spring-web spring-webflux spring-webmvc "
        "spring-websocket"
    ),
    "org.springframework.boot": (
        "spring-boot spring-boot-actuator spring-boot-autoconfigure spring-boot-loader "
        "spring-boot-starter spring-boot-starter-web"
    ),
    "org.springframework.security": (
        "spring-security-config spring-security-core spring-security-crypto spring-security-web"
    ),
    "org.thymeleaf": "thymeleaf thymeleaf-spring4 thymeleaf-spring5 thymeleaf-spring6",
    "org.xerial": "sqlite-jdbc",
    "org.xerial.snappy": "snappy-java",
    "org.yaml": "snakeyaml",
    "oro": "oro",
    "quartz": "quartz-all",
    "regexp": "regexp",
    "software.amazon.awssdk": (
        "third-party-jackson-core third-party-jackson-dataformat-cbor third-party-slf4j-api"
    ),
    "org.zeroturnaround": "zt-zip",
    "stax": "stax-api",
    "struts": "struts",
    "taglibs": "standard",
    "velocity": "velocity-dep",
    "wsdl4j": "wsdl4j",
    "xalan": "serializer xalan",
    "xerces": "xercesImpl xmlParserAPIs",
    "xml-apis": "xml-apis xml-apis-ext",
    "xml-resolver": "xml-resolver",
    "xmlpull": "xmlpull",
    "xom": "xom",
    "xpp3": "xpp3 xpp3_min",
}
_GROUPS = {artifact: group for group, names in _BY_GROUP.items() for artifact in names.split()}

_MOVED = {
    "asm": (("0", "asm"), ("4", "org.ow2.asm")),
    "asm-commons": (("0", "asm"), ("4", "org.ow2.asm")),
    "asm-tree": (("0", "asm"), ("4", "org.ow2.asm")),
    "asm-util": (("0", "asm"), ("4", "org.ow2.asm")),
    "asm-analysis": (("0", "asm"), ("4", "org.ow2.asm")),
    "axis-jaxrpc": (("0", "axis"), ("1.4", "org.apache.axis")),
    "axis-saaj": (("0", "axis"), ("1.4", "org.apache.axis")),
    "bsh": (("0", "org.beanshell"), ("2.0b5", "org.apache-extras.beanshell")),
    "c3p0": (("0", "c3p0"), ("0.9.2", "com.mchange")),
    "dom4j": (("0", "dom4j"), ("2", "org.dom4j")),
    "ehcache": (("0", "net.sf.ehcache"), ("3", "org.ehcache")),
    # Testcontainers has modules of these names in versions below.
    "elasticsearch": (("0", ""), ("5", "org.elasticsearch")),
    "postgresql": (("0", ""), ("8", "org.postgresql")),
    "groovy": (("0", "org.codehaus.groovy"), ("4", "org.apache.groovy")),
    "groovy-all": (("0", "org.codehaus.groovy"), ("4", "org.apache.groovy")),
    "hibernate-commons-annotations": (("0", "org.hibernate"), ("4", "org.hibernate.common")),
    "hibernate-core": (("0", "org.hibernate"), ("6", "org.hibernate.orm")),
    "hibernate-validator": (("0", "org.hibernate"), ("6", "org.hibernate.validator")),
    "htmlunit": (("0", "net.sourceforge.htmlunit"), ("3", "org.htmlunit")),
    "neko-htmlunit": (("0", "net.sourceforge.htmlunit"), ("3", "org.htmlunit")),
    "rxjava": (
        ("0", "io.reactivex"),
        ("2", "io.reactivex.rxjava2"),
        ("3", "io.reactivex.rxjava3"),
    ),
    "hsqldb": (("0", "hsqldb"), ("2", "org.hsqldb")),
    "javassist": (("0", "javassist"), ("3.13", "org.javassist")),
    "jcommon": (("0", "jfree"), ("1.0.17", "org.jfree")),
    "jfreechart": (("0", "jfree"), ("1.0.14", "org.jfree")),
    "jdom": (("0", "jdom"), ("1.1", "org.jdom")),
    "jline": (("0", "jline"), ("3", "org.jline")),
    "quartz": (("0", "opensymphony"), ("1.7", "org.quartz-scheduler")),
    "velocity": (("0", "velocity"), ("1.5", "org.apache.velocity")),
}
"""Groups by the version from which on they are used."""

_FAMILIES = (
    ("bcmail-jdk", "org.bouncycastle"),
    ("bcpg-jdk", "org.bouncycastle"),
    ("bcpkix-jdk", "org.bouncycastle"),
    ("bcprov-jdk", "org.bouncycastle"),
    ("bctls-jdk", "org.bouncycastle"),
    ("bctsp-jdk", "org.bouncycastle"),
    ("elasticsearch-", "org.elasticsearch"),
    ("hadoop-client-", "org.apache.hadoop"),
    ("hadoop-hdfs", "org.apache.hadoop"),
    ("hadoop-mapreduce-", "org.apache.hadoop"),
    ("hadoop-yarn-", "org.apache.hadoop"),
    ("hutool-", "cn.hutool"),
    ("junit-jupiter", "org.junit.jupiter"),
    ("junit-platform-", "org.junit.platform"),
    ("kotlinx-coroutines-", "org.jetbrains.kotlinx"),
    ("ktor-", "io.ktor"),
    ("lucene-", "org.apache.lucene"),
    ("opentelemetry-exporter-", "io.opentelemetry"),
    ("opentelemetry-sdk", "io.opentelemetry"),
    ("ratpack-", "io.ratpack"),
    ("selenium-", "org.seleniumhq.selenium"),
    ("solr-", "org.apache.solr"),
    ("spring-boot-starter-", "org.springframework.boot"),
    ("tomcat-embed-", "org.apache.tomcat.embed"),
)
"""Starts of names that belong to one project by convention."""

_MODULES = (
    ("spring.boot.", "org.springframework.boot"),
    ("spring.graphql", "org.springframework.graphql"),
    ("spring.ldap.", "org.springframework.ldap"),
    ("spring.session.", "org.springframework.session"),
    ("spring.security.", "org.springframework.security"),
)
"""Starts of Java module names that one project uses; the rest is the artifact's name."""

ORGANISATIONS = frozenset(
    [
        "com.google",
        "com.ibm",
        "com.oracle",
        "com.sun",
        "net.java",
        "net.sf",
        "org.apache",
        "org.codehaus",
        "org.eclipse",
        "org.glassfish",
        "org.hibernate",
        "org.jboss",
        "org.objectweb",
        "org.osgi",
        "org.owasp",
    ]
)
"""What manifests state as vendor or module, and what is no group."""

_TOMCAT_PARTS = ("catalina-ssi", "catalina-storeconfig", "catalina-tribes")
"""Jars of Tomcat's distribution that Maven Central has without ``catalina-``."""


def known_group(artifact: str, version: str) -> str:
    """
    Return the group that publishes an artifact in a version; empty where that is not known.

    >>> known_group("asm", "3.3.1"), known_group("asm", "9.5"), known_group("unheard-of", "1")
    ('asm', 'org.ow2.asm', '')
    """
    if artifact in _MOVED:
        return _in_version(_MOVED[artifact], version)
    if artifact in _GROUPS:
        return _GROUPS[artifact]
    return next((group for start, group in _FAMILIES if artifact.startswith(start)), "")


def module_group(module: str, artifact: str) -> str:
    """
    Return the group of an artifact whose Java module is named as its project names modules.

    >>> module_group("spring.boot.actuator.autoconfigure", "spring-boot-actuator-autoconfigure")
    'org.springframework.boot'
    >>> module_group("spring.boot.admin", "spring-boot-starter-admin")
    ''
    """
    if module != artifact.replace("-", "."):
        return ""
    return next((group for start, group in _MODULES if module.startswith(start)), "")


def tomcat_artifact(jar: str) -> str:
    """
    Return what Maven Central calls, in ``org.apache.tomcat``, a jar of Tomcat's distribution.

    Debian puts the series before the name.

    >>> [tomcat_artifact(jar) for jar in ("catalina", "tomcat9-jasper-el", "catalina-tribes")]
    ['tomcat-catalina', 'tomcat-jasper-el', 'tomcat-tribes']
    """
    head, hyphen, rest = jar.partition("-")
    bare = rest if hyphen and head.rstrip("0123456789") == "tomcat" else jar
    return "tomcat-" + (bare.removeprefix("catalina-") if bare in _TOMCAT_PARTS else bare)


def _in_version(groups: tuple[tuple[str, str], ...], version: str) -> str:
    try:
        key = sort_key(version)
    except FormatError:
        return ""
    return next(
        group for start, group in reversed(groups) if start == "0" or sort_key(start) <= key
    )
