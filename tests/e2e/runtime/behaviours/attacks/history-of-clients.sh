# title: histories of mysql, python and less are removed
# technique: T1070.003
# expects: history-cleared
touch /root/.mysql_history /root/.python_history /root/.psql_history; rm -f /root/.mysql_history /root/.python_history /root/.psql_history
