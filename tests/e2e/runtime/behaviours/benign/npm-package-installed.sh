# title: a local package is installed with npm and used
# needs: npm, node
set -e
mkdir -p /srv/part /srv/shop; cd /srv/part
printf '{"name":"part","version":"1.0.0","main":"i.js"}' >package.json; echo 'module.exports = 1' >i.js
cd /srv/shop; printf '{"name":"shop","version":"1.0.0"}' >package.json
npm install --offline --no-audit --no-fund ../part >/dev/null 2>&1
node -e 'if (require("part") !== 1) process.exit(1)'
