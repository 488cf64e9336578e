# title: an environment of python is made and used
# needs: python3
set -e
python3 -m venv --without-pip /srv/env
/srv/env/bin/python -c 'import json, ssl, sqlite3'
