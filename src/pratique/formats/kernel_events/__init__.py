"""Read what the kernel's programs (bpf/) hand out, and say to them which calls are wanted."""
