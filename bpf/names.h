/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Every call whose facts are numbers and a few texts: names changed, mounts, identities,
 * namespaces, signals, ptrace, modules, keys, bpf, and those that need no shape of their own.
 *
 * Texts are what was passed, read once as the call ends, with the directory they are relative to.
 * extra[0..2] depends on the options: capabilities, flags, or the process that is meant.
 */
#pragma once

#define AT_FDCWD_ -100
#define NEW_NAMESPACES 0x7e020080ULL	/* CLONE_NEW*, time included */
#define ENOENT_ 2
#define ENOTDIR_ 20
#define PTRACE_ATTACH_ 16
#define PTRACE_SEIZE_ 0x4206

static __always_inline void slot_text(struct work *w, struct names *n, u32 i)
{
	u8 kind = w->call.slot[i];
	u64 value = w->arguments[w->call.text[i] & 7];

	n->slot[i] = kind;
	if (kind == SLOT_NONE)
		return;
	if (kind == SLOT_FILE) {
		struct file *file = file_of((s32)value);

		n->text[i] = file ? append_directory(w, __builtin_preserve_access_index(&file->f_path)) : 0;
		return;
	}
	if (kind == SLOT_HERE) {
		struct fs_struct *fs = BPF_CORE_READ(current(), fs);

		n->text[i] = append_directory(w, __builtin_preserve_access_index(&fs->pwd));
		return;
	}
	n->text[i] = append_user(w, value);
}

/* The directory goes behind the text; it is told only for names that do not start with a slash. */
static __always_inline void slot_base(struct work *w, struct names *n, u32 i)
{
	u64 value = w->arguments[w->call.text[i] & 7];
	u8 directory = w->call.directory[i];
	s32 fd = directory == NO_ARGUMENT ? AT_FDCWD_ : (s32)w->arguments[directory & 7];
	u8 first = 0;

	if (w->call.slot[i] != SLOT_NAME)
		return;
	bpf_probe_read_user(&first, 1, (void *)value);
	if (first == '/')
		return;
	if (fd == AT_FDCWD_) {
		struct fs_struct *fs = BPF_CORE_READ(current(), fs);

		n->base[i] = append_directory(w, __builtin_preserve_access_index(&fs->pwd));
	} else {
		struct file *file = file_of(fd);

		n->base[i] = file ? append_directory(w, __builtin_preserve_access_index(&file->f_path)) : 0;
	}
}

static __always_inline u32 traced_last(void)
{
	struct task_struct *t = current();
	struct list_head *entry = BPF_CORE_READ(t, ptraced.next);
	struct task_struct *child = (void *)entry - bpf_core_field_offset(struct task_struct, ptrace_entry);

	if ((void *)entry == (void *)t + bpf_core_field_offset(struct task_struct, ptraced))
		return 0;
	return BPF_CORE_READ(child, tgid);
}

static __always_inline void target(struct work *w, struct names *n)
{
	u64 id = bpf_get_current_pid_tgid();
	u32 *reached = bpf_map_lookup_elem(&signalled, &id);

	if (w->call.options & OPTION_PIDFD) {
		struct file *file = file_of((s32)w->arguments[w->call.first & 7]);

		/* Since Linux 6.9 a pidfd has an inode of its own, which holds it. */
		struct pid *pid = BPF_CORE_READ(file, private_data);

		if (!pid)
			pid = BPF_CORE_READ(file, f_inode, i_private);
		n->extra[0] = file ? number(pid) : 0;
	} else if (w->call.first != NO_ARGUMENT) {
		/* ptrace: the newest of those it traces, as it begins to. */
		u64 request = w->arguments[0];

		if (!w->result && (request == PTRACE_ATTACH_ || request == PTRACE_SEIZE_))
			n->extra[0] = traced_last();
	} else if (reached) {
		n->extra[0] = *reached;
		bpf_map_delete_elem(&signalled, &id);
	}
}

static __always_inline void credentials(struct names *n)
{
	const struct cred *cred = BPF_CORE_READ(current(), cred);

	n->extra[0] = capabilities(&cred->cap_effective);
	n->extra[1] = capabilities(&cred->cap_permitted);
	n->extra[2] = capabilities(&cred->cap_inheritable);
}

/* bpf(2): the type stands first; the name of a program at 48, of a map at 28. */
static __always_inline void attributes(struct work *w, struct names *n)
{
	u32 command = w->arguments[0], kind = 0;

	bpf_probe_read_user(&kind, sizeof(kind), (void *)w->arguments[1]);
	n->extra[0] = kind;
	if (command == 5 || command == 0) {
		n->slot[0] = SLOT_TEXT;
		n->text[0] = append_user(w, w->arguments[1] + (command ? 48 : 28));
	}
}

/* What the kernel took counts: another thread can write over the struct. A call that failed is read. */
static __always_inline u64 cloned_flags(u64 pointer)
{
	u64 id = bpf_get_current_pid_tgid(), flags = 0;
	u64 *taken = bpf_map_lookup_elem(&cloned, &id);

	if (taken) {
		flags = *taken;
		bpf_map_delete_elem(&cloned, &id);
	} else {
		bpf_probe_read_user(&flags, sizeof(flags), (void *)pointer);
	}
	return flags;
}

static __always_inline bool is_wanted(struct work *w)
{
	u8 options = w->call.options;
	u64 flags = w->arguments[w->call.first & 7];

	if (options & OPTION_FAILED && (w->result >= 0 || w->result == -ENOENT_ || w->result == -ENOTDIR_))
		return false;
	if (options & OPTION_CLONE3)
		flags = cloned_flags(w->arguments[0]);
	if (options & (OPTION_FLAGS | OPTION_CLONE3)) {
		w->arguments[0] = flags;
		/* The child returns from the same call, with 0; its parent tells it. */
		return flags & NEW_NAMESPACES && w->result;
	}
	return true;
}

static __always_inline void names(struct work *w)
{
	struct names *n = (struct names *)w->record;
	u8 options = w->call.options;
	u64 id = bpf_get_current_pid_tgid();

	if (!is_wanted(w) || is_muted())
		return;
	begin(w, SHAPE_NAMES, w->call.type, sizeof(*n));
	__builtin_memset(n->extra, 0, sizeof(*n) - __builtin_offsetof(struct names, extra));
	for (int i = 0; i < 6; i++)
		n->arguments[i] = w->arguments[i];
	if (options & OPTION_CREDENTIALS)
		credentials(n);
	if (options & OPTION_TARGET)
		target(w, n);
	if (options & OPTION_ATTRIBUTES)
		attributes(w, n);
	for (int i = 0; i < SLOTS; i++) {
		slot_text(w, n, i);
		slot_base(w, n, i);
	}
	if (options & OPTION_MODULE) {
		struct module_name *name = bpf_map_lookup_elem(&modules, &id);

		if (name) {
			n->slot[1] = SLOT_TEXT;
			n->text[1] = append_kernel(w, name->text);
			bpf_map_delete_elem(&modules, &id);
		}
	}
	emit(w, CLASS_BULK);
}

SEC("raw_tp")
int handle_names(void *c)
{
	struct work *w = work();

	if (!w)
		return 0;
	names(w);
	give_back(w);
	return 0;
}

/* Whom a signal reached, by the node's numbers: remembered until kill(2) and its kin end. */
SEC("raw_tp/signal_generate")
int on_signal(struct bpf_raw_tracepoint_args *c)
{
	u64 info = c->args[1], id = bpf_get_current_pid_tgid();
	struct task_struct *t = (void *)c->args[2];
	u32 process = BPF_CORE_READ(t, tgid);

	/* 0: sent by a user without more facts, 1: by the kernel. si_code above 0: by the kernel. */
	if (info == 1 || (info > 1 && BPF_CORE_READ((struct kernel_siginfo *)info, si_code) > 0))
		return 0;
	if (!is_ignored())
		bpf_map_update_elem(&signalled, &id, &process, BPF_ANY);
	return 0;
}

SEC("?raw_tp/task_newtask")
int on_cloned(struct bpf_raw_tracepoint_args *c)
{
	u64 flags = c->args[1], id = bpf_get_current_pid_tgid();

	if (flags & NEW_NAMESPACES)
		bpf_map_update_elem(&cloned, &id, &flags, BPF_ANY);
	return 0;
}

SEC("?raw_tp/module_load")
int on_module(struct bpf_raw_tracepoint_args *c)
{
	struct module_name name = {};
	u64 id = bpf_get_current_pid_tgid();

	bpf_core_read_str(name.text, sizeof(name.text), &((struct module *)c->args[0])->name);
	bpf_map_update_elem(&modules, &id, &name, BPF_ANY);
	return 0;
}
