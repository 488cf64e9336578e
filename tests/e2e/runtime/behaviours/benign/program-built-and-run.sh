# title: a program is compiled and run where it was compiled, as tests of a build do
# needs: gcc
set -e
mkdir -p /srv/code; cd /srv/code
echo 'int main(void) { return 0; }' >one.c
gcc -o one one.c
./one
