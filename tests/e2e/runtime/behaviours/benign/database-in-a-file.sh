# title: a database in a file is filled and asked
# needs: sqlite3
set -e
mkdir -p /var/lib/app
sqlite3 /var/lib/app/db 'create table t(a); with recursive n(x) as (select 1 union all select x+1 from n limit 5000) insert into t select x from n; select count(*) from t; vacuum;' >/dev/null
