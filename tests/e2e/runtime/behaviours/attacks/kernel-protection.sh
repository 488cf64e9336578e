# title: the kernel's settings of protection are opened for writing
# technique: T1562
# expects: kernel-protection-lowered
( : >>/proc/sys/kernel/randomize_va_space ) 2>/dev/null; ( : >>/proc/sys/kernel/yama/ptrace_scope ) 2>/dev/null; ( : >>/proc/sys/kernel/kptr_restrict ) 2>/dev/null || true
