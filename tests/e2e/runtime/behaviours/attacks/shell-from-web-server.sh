# title: a web server starts a shell
# technique: T1190
# expects: shell-from-server
# needs: python3
cp "$(readlink -f "$(command -v python3)")" /usr/local/bin/nginx
/usr/local/bin/nginx -c 'import subprocess; subprocess.run(["sh", "-c", "id; true"])'
