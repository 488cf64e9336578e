# rule: Launch Package Management Process in Container
# title: a package manager runs
cp /bin/true /usr/local/bin/apk; apk
