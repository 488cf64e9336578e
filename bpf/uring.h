/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Work that io_uring does without a system call: each request as it is handed in. The names in it
 * have been copied into the kernel already, so they are those that will be used.
 */
#pragma once

enum uring { URING_OPENAT = 18, URING_OPENAT2 = 28, URING_RENAMEAT = 35, URING_UNLINKAT = 36, URING_MKDIRAT = 37, URING_SYMLINKAT = 38, URING_LINKAT = 39 };

static __always_inline const char *first_name(void *request, u8 operation)
{
	struct filename *name = 0;

	if (operation == URING_OPENAT || operation == URING_OPENAT2)
		name = BPF_CORE_READ((struct io_open *)request, filename);
	else if (operation == URING_UNLINKAT)
		name = BPF_CORE_READ((struct io_unlink *)request, filename);
	else if (operation == URING_MKDIRAT)
		name = BPF_CORE_READ((struct io_mkdir *)request, filename);
	else if (operation == URING_RENAMEAT)
		name = BPF_CORE_READ((struct io_rename *)request, newpath);
	else if (operation == URING_LINKAT || operation == URING_SYMLINKAT)
		name = BPF_CORE_READ((struct io_link *)request, newpath);
	return BPF_CORE_READ(name, name);
}

static __always_inline int submitted(struct io_kiocb *request)
{
	struct settings *s = wanted();
	struct names *n;
	struct work *w;
	u8 operation;

	if (!s || !(s->types & 1 << TYPE_IO_URING_SUBMIT) || is_ignored() || is_muted())
		return 0;
	operation = BPF_CORE_READ(request, opcode);
	w = take(TYPE_IO_URING_SUBMIT);
	if (!w)
		return 0;
	n = (struct names *)w->record;
	w->result = 0;
	w->compat = 0;
	begin(w, SHAPE_NAMES, TYPE_IO_URING_SUBMIT, sizeof(*n));
	__builtin_memset(n->arguments, 0, sizeof(*n) - sizeof(struct header));
	n->arguments[0] = operation;
	/* Before 5.19 the descriptor is already a file here. */
	n->arguments[1] = bpf_core_field_exists(request->cqe) ? (u64)BPF_CORE_READ(request, cqe.fd) : ~0ULL;
	n->slot[0] = SLOT_TEXT;
	n->text[0] = append_kernel(w, first_name(request, operation));
	emit(w, CLASS_BULK);
	give_back(w);
	return 0;
}

SEC("?raw_tp/io_uring_submit_req")
int on_uring(struct bpf_raw_tracepoint_args *c)
{
	return submitted((void *)c->args[0]);
}

/*
 * Since 6.0 the request stands first here, too. Before it (from 5.14) the ring stands first and the
 * request behind it, which is told by the request's own word for its ring. Before 5.14 the request is
 * not handed out: nothing is told. A program of its own, since the kernel attaches none that looks
 * at more than its point hands out.
 */
SEC("?raw_tp/io_uring_submit_sqe")
int on_uring_before_6_4(struct bpf_raw_tracepoint_args *c)
{
	struct io_kiocb *behind = (void *)c->args[1];

	if (BPF_CORE_READ(behind, ctx) == (void *)c->args[0])
		return submitted(behind);
	/* The field is there since 5.19. */
	return bpf_core_field_exists(behind->cqe) ? submitted((void *)c->args[0]) : 0;
}
