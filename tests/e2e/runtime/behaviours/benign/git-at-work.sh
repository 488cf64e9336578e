# title: a repository is made, cloned, branched and packed
# needs: git
set -e
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git init -q /srv/repo; cd /srv/repo
for n in 1 2 3 4 5; do echo $n >file; git add file; git commit -q -m "$n"; done
git gc -q; git clone -q /srv/repo /srv/copy; cd /srv/copy; git checkout -q -b next; git log --stat >/dev/null
