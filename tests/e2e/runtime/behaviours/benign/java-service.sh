# title: a Java program starts
# needs: java
set -e
java -version >/dev/null 2>&1
java -Xmx64m -XshowSettings:properties -version >/dev/null 2>&1
