# title: PostgreSQL is set up, started, filled and stopped
# needs: postgres, initdb, pg_ctl, psql, setpriv
set -e
mkdir -p /var/lib/pg /tmp/s; chown 65534:65534 /var/lib/pg /tmp/s
as() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/tmp "$@"; }
as initdb -D /var/lib/pg -A trust -U app >/dev/null
as pg_ctl -D /var/lib/pg -o "-k /tmp/s -c listen_addresses=127.0.0.1" -w -l /tmp/s/log start >/dev/null
as psql -h /tmp/s -U app -d postgres -qc 'create table t as select generate_series(1, 5000) as a' -c 'select count(*) from t' >/dev/null
as pg_ctl -D /var/lib/pg -w stop -m fast >/dev/null
