# title: the kernel's symbols are read
# technique: T1082
# expects: kernel-symbols-read
grep -c commit_creds /proc/kallsyms >/dev/null
