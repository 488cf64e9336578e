# title: the history of the shell is turned away
# technique: T1070.003
# expects: history-cleared
rm -f /root/.bash_history; ln -s /dev/null /root/.bash_history
