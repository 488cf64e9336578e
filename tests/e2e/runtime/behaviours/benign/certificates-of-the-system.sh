# title: the list of trusted certificates is made anew
# needs: update-ca-certificates
set -e
update-ca-certificates --fresh >/dev/null 2>&1
