# title: a web application keeps uploads and pages it made
# needs: python3
set -e
python3 - <<'P'
import os
os.makedirs("/var/www/app/uploads", exist_ok=True)
for number in range(30):
    with open(f"/var/www/app/uploads/{number}.jpg", "wb") as file: file.write(b"\xff\xd8" + bytes(1000))
    with open(f"/var/www/app/{number}.html", "w") as file: file.write("<p>")
    os.replace(f"/var/www/app/{number}.html", f"/var/www/app/page-{number}.html")
P
