# rule: Delete or rename shell history
# title: the history of a shell is removed
: >/root/.zsh_history; rm /root/.zsh_history
