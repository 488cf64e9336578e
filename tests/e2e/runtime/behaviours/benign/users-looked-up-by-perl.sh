# title: scripts in perl look users up as root
# needs: perl, adduser, deluser
set -e
adduser --quiet --system --group service; deluser --quiet service
