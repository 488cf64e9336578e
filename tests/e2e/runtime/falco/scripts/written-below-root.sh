# rule: Write below root
# title: a file is put at the top of all folders
: >/new
