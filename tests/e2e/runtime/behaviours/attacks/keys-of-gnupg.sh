# title: keys of GnuPG and a wallet are read
# technique: T1555
# expects: ssh-key-read
mkdir -p /root/.gnupg/private-keys-v1.d /root/.bitcoin; echo k >/root/.gnupg/private-keys-v1.d/A.key; echo k >/root/.bitcoin/wallet.dat; cat /root/.gnupg/private-keys-v1.d/A.key /root/.bitcoin/wallet.dat >/dev/null
