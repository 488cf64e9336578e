# rule: Run shell untrusted
# title: a database starts a shell
cp "$(readlink -f /bin/sh)" /usr/local/bin/mongod
mongod -c 'sh -c ":"; :'
