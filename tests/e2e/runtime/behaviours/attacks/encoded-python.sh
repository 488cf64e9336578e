# title: python runs what it decodes
# technique: T1140
# expects: encoded-command
# needs: python3
python3 -c 'import base64;exec(base64.b64decode("cGFzcw=="))'
