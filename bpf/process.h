/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Processes begin, take over a program, and end.
 *
 * Arguments and environment are read at the execution itself, from the memory the kernel has just
 * filled: nothing of the new program has run that could change them. Of the environment only
 * variables whose first eight bytes are asked for leave the kernel.
 */
#pragma once

#define ARGUMENT_BYTES 8192
#define MOST_VARIABLES 384

static __always_inline void times(struct executed *e, struct inode *i)
{
	if (bpf_core_field_exists(i->i_ctime_sec)) {
		e->changed_s = BPF_CORE_READ(i, i_ctime_sec);
		e->changed_ns = BPF_CORE_READ(i, i_ctime_nsec);
		e->modified_s = BPF_CORE_READ(i, i_mtime_sec);
		e->modified_ns = BPF_CORE_READ(i, i_mtime_nsec);
	} else if (bpf_core_field_exists(struct inode___before_6_6, i_ctime)) {
		struct inode___before_6_6 *old = (void *)i;

		e->changed_s = BPF_CORE_READ(old, i_ctime.tv_sec);
		e->changed_ns = BPF_CORE_READ(old, i_ctime.tv_nsec);
		e->modified_s = BPF_CORE_READ(old, i_mtime.tv_sec);
		e->modified_ns = BPF_CORE_READ(old, i_mtime.tv_nsec);
	} else if (bpf_core_field_exists(struct inode___before_6_11, __i_ctime)) {
		struct inode___before_6_11 *old = (void *)i;

		e->changed_s = BPF_CORE_READ(old, __i_ctime.tv_sec);
		e->changed_ns = BPF_CORE_READ(old, __i_ctime.tv_nsec);
		if (bpf_core_field_exists(old->__i_mtime)) {
			e->modified_s = BPF_CORE_READ(old, __i_mtime.tv_sec);
			e->modified_ns = BPF_CORE_READ(old, __i_mtime.tv_nsec);
		} else if (bpf_core_field_exists(old->i_mtime)) {
			e->modified_s = BPF_CORE_READ(old, i_mtime.tv_sec);
			e->modified_ns = BPF_CORE_READ(old, i_mtime.tv_nsec);
		}
	}
}

static __always_inline void session_facts(struct executed *e, struct task_struct *t)
{
	const struct cred *cred = BPF_CORE_READ(t, cred);
	struct signal_struct *signal = BPF_CORE_READ(t, signal);
	struct tty_struct *tty = BPF_CORE_READ(signal, tty);

	e->cap_effective = capabilities(&cred->cap_effective);
	e->cap_permitted = capabilities(&cred->cap_permitted);
	e->cap_inheritable = capabilities(&cred->cap_inheritable);
	e->login_uid = bpf_core_field_exists(t->loginuid) ? BPF_CORE_READ(t, loginuid.val) : ~0U;
	e->session = number(BPF_CORE_READ(signal, pids[PIDTYPE_SID]));
	e->process_group = number(BPF_CORE_READ(signal, pids[PIDTYPE_PGID]));
	e->virtual_pid = virtual_number(BPF_CORE_READ(t, group_leader, thread_pid));
	e->tty = tty ? BPF_CORE_READ(tty, driver, major) << 8 | (BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index)) : 0;
}

static __always_inline u16 arguments(struct work *w, struct mm_struct *mm)
{
	u64 from = BPF_CORE_READ(mm, arg_start), length = BPF_CORE_READ(mm, arg_end) - from;

	if (length > RECORD_BYTES - 1 - w->used) {
		length = RECORD_BYTES - 1 - w->used;
		w->cut = 1;
	}
	if (length > ARGUMENT_BYTES - 1) {
		length = ARGUMENT_BYTES - 1;
		w->cut = 1;
	}
	BOUND(length, ARGUMENT_BYTES - 1);
	if (bpf_probe_read_user(AT(w), length, (void *)from)) {
		w->cut = 1;
		return 0;
	}
	w->used += length;
	return length;
}

static __always_inline bool variable_is_wanted(struct settings *s, u64 head)
{
	for (int i = 0; i < ENVIRONMENT_WORDS; i++) {
		if (i >= s->words)
			return false;
		if ((head & s->mask[i]) == s->word[i])
			return true;
	}
	return false;
}

/* Append the wanted variables, each with its NUL. A variable that is too long is cut. */
__noinline int environment(u64 from, u64 to)
{
	struct settings *s = wanted();
	struct work *w = work();
	u32 before;
	int i;

	if (!s || !w || !s->words)
		return 0;
	before = w->used;
	for (i = 0; i < MOST_VARIABLES && from < to; i++) {
		long n = bpf_probe_read_user_str(w->text, NAME_BYTES, (void *)from);

		if (n <= 0)
			break;
		if (variable_is_wanted(s, *(u64 *)w->text) && has_room(w, NAME_BYTES)) {
			u64 size = n;

			BOUND(size, NAME_BYTES * 2 - 1);
			if (size > NAME_BYTES)
				break;
			bpf_probe_read_kernel(AT(w), size, w->text);
			w->used += size;
			if (n == NAME_BYTES)
				w->cut = 1;
		}
		/* A long value takes several steps; its rest is no variable, and its start was looked at. */
		from += n == NAME_BYTES ? n - 1 : n;
	}
	if (i == MOST_VARIABLES && from < to)
		w->cut = 1;
	return w->used - before;
}

static __always_inline void executed(struct work *w, struct task_struct *t, struct linux_binprm *b)
{
	struct executed *e = (struct executed *)w->record;
	struct file *file = BPF_CORE_READ(b, file);
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct fs_struct *fs = BPF_CORE_READ(t, fs);
	struct mm_struct *mm = BPF_CORE_READ(t, mm);
	const char *called = BPF_CORE_READ(b, filename), *interpreter = BPF_CORE_READ(b, interp);

	w->result = 0;
	w->compat = 0;
	__builtin_memset(e, 0, sizeof(*e));
	begin(w, SHAPE_EXECUTED, TYPE_EXECVE, sizeof(*e));
	e->header.flags |= layer_flags(file);
	e->inode = BPF_CORE_READ(inode, i_ino);
	e->device = BPF_CORE_READ(inode, i_sb, s_dev);
	times(e, inode);
	session_facts(e, t);
	e->path = append_file(w, file, &e->root);
	e->called = append_kernel(w, called);
	e->interpreter = interpreter == called ? 0 : append_kernel(w, interpreter);
	e->directory = append_directory(w, __builtin_preserve_access_index(&fs->pwd));
	e->arguments = arguments(w, mm);
	e->environment = environment(BPF_CORE_READ(mm, env_start), BPF_CORE_READ(mm, env_end));
	enforce_exec(t, b, e->header.flags);
	emit(w, CLASS_URGENT);
}

SEC("raw_tp/sched_process_exec")
int on_exec(struct bpf_raw_tracepoint_args *c)
{
	struct work *w;

	if (is_ignored())
		return 0;
	w = take(TYPE_EXECVE);
	if (!w) {
		/* What is forbidden is stopped also where it cannot be told. */
		enforce_exec((void *)c->args[0], (void *)c->args[2], 0xff);
		return 0;
	}
	executed(w, (void *)c->args[0], (void *)c->args[2]);
	give_back(w);
	return 0;
}

SEC("raw_tp/sched_process_fork")
int on_fork(struct bpf_raw_tracepoint_args *c)
{
	struct task_struct *parent = (void *)c->args[0], *child = (void *)c->args[1];
	u32 process = BPF_CORE_READ(child, tgid);
	struct forked *f;
	struct work *w;

	if (process == BPF_CORE_READ(parent, tgid))
		return 0;	/* a thread */
	w = take(TYPE_FORK);
	if (!w)
		return 0;
	f = (struct forked *)w->record;
	w->result = 0;
	w->compat = 0;
	begin(w, SHAPE_FORKED, TYPE_FORK, sizeof(*f));
	f->child = process;
	f->virtual_child = virtual_number(BPF_CORE_READ(child, thread_pid));
	emit(w, CLASS_URGENT);
	give_back(w);
	return 0;
}

SEC("raw_tp/sched_process_exit")
int on_exit(struct bpf_raw_tracepoint_args *c)
{
	struct task_struct *t = (void *)c->args[0];
	struct exited *e;
	struct work *w;
	u32 code;

	/* The process ends with its last thread, which need not be its first. */
	if (BPF_CORE_READ(t, signal, live.counter))
		return 0;
	w = take(TYPE_PROCEXIT);
	if (!w)
		return 0;
	e = (struct exited *)w->record;
	w->result = 0;
	w->compat = 0;
	begin(w, SHAPE_EXITED, TYPE_PROCEXIT, sizeof(*e));
	code = BPF_CORE_READ(t, signal, group_exit_code);
	e->code = code ? code : BPF_CORE_READ(t, exit_code);
	e->reserved = 0;
	e->started = BPF_CORE_READ(t, group_leader, start_boottime);
	emit(w, CLASS_URGENT);
	give_back(w);
	return 0;
}
