/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Socket calls: what the kernel knows of the socket, and the address that was passed where the
 * kernel does not keep it (an unconnected socket, a call that failed).
 */
#pragma once

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define EINPROGRESS_ 115
#define DATA_BYTES 255

static __always_inline u16 swapped(u16 port)
{
	return __builtin_bswap16(port);
}

static __always_inline void ipv4(u8 *to, u32 address)
{
	*(u64 *)to = 0;
	*(u32 *)(to + 8) = 0xffff0000;
	*(u32 *)(to + 12) = address;
}

static __always_inline bool is_nothing(u8 *address)
{
	return !*(u64 *)address && (!*(u64 *)(address + 8) || *(u64 *)(address + 8) == 0xffff0000);
}

static __always_inline u16 append_unix(struct work *w, struct sock *sk)
{
	struct unix_address *address = BPF_CORE_READ((struct unix_sock *)sk, addr);
	u64 length = BPF_CORE_READ(address, len);

	if (!address || length <= 2 || length > 110 || !has_room(w, NAME_BYTES))
		return 0;
	length -= 2;
	BOUND(length, 127);
	/* A sockaddr_un: the family, then the path. */
	if (bpf_probe_read_kernel(AT(w), length, (void *)address + bpf_core_field_offset(struct unix_address, name) + 2))
		return 0;
	w->used += length;
	return length;
}

static __always_inline void socket_of(struct work *w, struct file *file, struct socket_facts *f)
{
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sk = BPF_CORE_READ(socket, sk);

	f->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	f->kind = BPF_CORE_READ(socket, type);
	f->protocol = BPF_CORE_READ(sk, sk_protocol);
	f->local_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	f->remote_port = swapped(BPF_CORE_READ(sk, __sk_common.skc_dport));
	f->path = f->data = 0;
	__builtin_memset(f->local, 0, 32);
	if (f->family == AF_INET) {
		ipv4(f->local, BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr));
		ipv4(f->remote, BPF_CORE_READ(sk, __sk_common.skc_daddr));
	} else if (f->family == AF_INET6) {
		bpf_core_read(f->local, 16, &sk->__sk_common.skc_v6_rcv_saddr);
		bpf_core_read(f->remote, 16, &sk->__sk_common.skc_v6_daddr);
	} else {
		f->local_port = f->remote_port = 0;
		if (f->family == AF_UNIX) {
			struct sock *peer = BPF_CORE_READ((struct unix_sock *)sk, peer);

			f->path = peer ? append_unix(w, peer) : 0;
			if (!f->path)
				f->path = append_unix(w, sk);
		}
	}
}

/* A sockaddr of user memory: sockaddr_in, sockaddr_in6, or a sockaddr_un's path. */
static __always_inline void address_given(struct work *w, struct socket_facts *f, u64 pointer, bool local)
{
	u8 raw[32] = {};
	u8 *to = local ? f->local : f->remote;
	u16 *port = local ? &f->local_port : &f->remote_port;
	u16 family;

	if (!pointer || bpf_probe_read_user(raw, 16, (void *)pointer))
		return;
	family = *(u16 *)raw;
	if (family == AF_INET) {
		*port = swapped(*(u16 *)(raw + 2));
		ipv4(to, *(u32 *)(raw + 4));
	} else if (family == AF_INET6 && !bpf_probe_read_user(raw, 28, (void *)pointer)) {
		*port = swapped(*(u16 *)(raw + 2));
		__builtin_memcpy(to, raw + 8, 16);
	} else if (family == AF_UNIX && !f->path && has_room(w, NAME_BYTES)) {
		long n = bpf_probe_read_user_str(AT(w), 109, (void *)pointer + 2);

		/* An abstract name begins with NUL: it is told by its first letters. */
		if (n == 1) {
			u8 *at = AT(w);

			n = bpf_probe_read_user_str(at + 1, 108, (void *)pointer + 3);
			at[0] = 0;
			n = n > 1 ? n + 1 : 0;
		}
		if (n > 1) {
			f->path = n - 1;
			w->used += n - 1;
		}
	}
}

/* The address field of a msghdr, in the caller's own width. */
static __always_inline u64 message_address(struct work *w, u64 pointer)
{
	u64 name = 0;

	bpf_probe_read_user(&name, w->compat ? 4 : 8, (void *)pointer);
	return name;
}

static __always_inline void told_address(struct work *w, struct socket_facts *f)
{
	u8 options = w->call.options;
	u64 pointer = w->arguments[w->call.second & 7];
	bool local = w->call.local;
	bool failed = w->result < 0 && w->result != -EINPROGRESS_;

	if (options & OPTION_MESSAGE)
		pointer = message_address(w, pointer);
	else if (!(options & OPTION_ADDRESS))
		return;
	if (local) {
		if (failed || f->family == AF_UNIX)
			address_given(w, f, pointer, true);
		return;
	}
	/* What an answer leaves in memory counts only where it was written, and the kernel keeps none. */
	if (options & OPTION_HEARD && (w->result < 0 || !is_nothing(f->remote)))
		return;
	if (options & OPTION_ASKED && !failed && !is_nothing(f->remote))
		return;
	address_given(w, f, pointer, false);
}

/* The first bytes that a call sent or received: of its buffer, or of a message's first part. */
static __always_inline void told_data(struct work *w, struct socket_facts *f)
{
	u64 length = w->result, from = w->arguments[1], vector = 0, part = DATA_BYTES;
	u32 width = w->compat ? 4 : 8;

	if (!(w->call.options & OPTION_DATA) || w->result <= 0 || !has_room(w, NAME_BYTES * 2))
		return;
	if (w->call.options & OPTION_MESSAGE) {
		bpf_probe_read_user(&vector, w->compat ? 4 : 8, (void *)from + 2 * width);
		from = part = 0;
		bpf_probe_read_user(&from, w->compat ? 4 : 8, (void *)vector);
		bpf_probe_read_user(&part, w->compat ? 4 : 8, (void *)vector + width);
	}
	length = length < part ? length : part;
	length = length < DATA_BYTES ? length : DATA_BYTES;
	BOUND(length, NAME_BYTES * 2 - 1);
	if (!length || bpf_probe_read_user(AT(w), length, (void *)from))
		return;
	w->used += length;
	f->data = length;
}

static __always_inline void socket_call(struct work *w)
{
	struct socketed *r = (struct socketed *)w->record;
	bool by_result = w->call.options & OPTION_RESULT;
	s32 fd = by_result ? w->result : w->arguments[0];
	struct file *file = fd < 0 ? 0 : file_of(fd);
	struct act key = { .type = w->call.type };
	struct repeats *unused;
	struct settings *s = wanted();
	bool is_made = by_result && w->call.first != NO_ARGUMENT, is_alike;

	if (!s || is_muted())
		return;
	/* Who acts is put in last: most acts of a busy program are repeats, and end before. */
	w->used = sizeof(*r);
	r->reserved = 0;
	if (file && (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT_) == S_IFSOCK_) {
		socket_of(w, file, &r->facts);
	} else {
		__builtin_memset(&r->facts, 0, sizeof(r->facts));
		if (by_result && w->call.first != NO_ARGUMENT) {
			r->facts.family = w->arguments[0];
			r->facts.kind = w->arguments[1] & 0xf;
			r->facts.protocol = w->arguments[2];
		}
	}
	r->facts.fd = fd;
	told_address(w, &r->facts);
	told_data(w, &r->facts);
	/*
	 * Unix paths and data are told always, and each connection that is taken; addresses are equal where
	 * all of them is, sockets that are made where their kind and descriptor are.
	 */
	is_alike = s->repeats && !r->facts.path && !r->facts.data && (is_made || !by_result);
	key.what = *(u64 *)r->facts.remote;
	key.more = *(u64 *)(r->facts.remote + 8);
	key.detail = r->facts.remote_port;
	/* A connection anew to the same place is the same act, though its socket and own port are others. */
	if (is_made) {
		key.where = (u64)r->facts.family << 32 | r->facts.kind;
		key.more = r->facts.protocol;
	} else if (!(w->call.options & OPTION_ASKED)) {
		key.where = (u64)file;
		key.detail |= (u32)r->facts.local_port << 16;
	}
	/* How many bytes went does not tell two acts apart, an error does. */
	key.detail |= w->result < 0 ? (u64)w->result << 32 : 0;
	key.fd = fd;
	if (is_alike && is_repeat(&key, &unused))
		return;
	begin(w, SHAPE_SOCKET, w->call.type, w->used);
	if (is_alike)
		r->header.flags |= FLAG_FIRST;
	if (!emit(w, CLASS_BULK) && is_alike)
		remember(&key, &r->header);
}

SEC("raw_tp")
int handle_socket(void *c)
{
	struct work *w = work();

	if (!w)
		return 0;
	socket_call(w);
	give_back(w);
	return 0;
}
