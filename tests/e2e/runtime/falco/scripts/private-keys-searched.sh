# rule: Search Private Keys or Passwords
# title: keys of SSH are looked for
find /srv -maxdepth 1 -name id_rsa
