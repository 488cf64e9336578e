# rule: Update Package Repository
# title: a source of packages is added
mkdir -p /etc/apt/sources.list.d; echo '# nothing' >/etc/apt/sources.list.d/x.list
