# title: the package manager is told to run a command before it begins
# technique: T1202
# expects: tool-runs-command
# needs: apt-get
apt-get -o APT::Update::Pre-Invoke::='/bin/true' -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=/dev/null update >/dev/null 2>&1 || true
