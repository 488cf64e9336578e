# title: the history of the shell is removed
# technique: T1070.003
# expects: history-cleared
echo x >/root/.bash_history; rm /root/.bash_history
