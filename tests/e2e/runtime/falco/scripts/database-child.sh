# rule: DB program spawned process
# title: a database starts a program
cp "$(readlink -f /bin/sh)" /usr/local/bin/postgres
postgres -c '/bin/true; :'
