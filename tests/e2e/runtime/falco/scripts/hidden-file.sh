# rule: Create Hidden Files or Directories
# title: a file is made whose name begins with a dot
: >/srv/.new
