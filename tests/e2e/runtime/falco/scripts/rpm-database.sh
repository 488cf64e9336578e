# rule: Write below rpm database
# title: the database of packages is written past its tool
mkdir -p /var/lib/rpm; : >/var/lib/rpm/Packages
