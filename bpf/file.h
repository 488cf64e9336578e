/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Opens, mappings of programs and libraries, copies of descriptors.
 */
#pragma once

#define O_CREAT_ 0100
#define WRITES (01 | 02 | O_CREAT_ | 01000 | 02000)	/* WRONLY, RDWR, CREAT, TRUNC, APPEND */

static __always_inline bool name_is_wanted(struct file *file)
{
	struct file_name key = {};
	const unsigned char *name = BPF_CORE_READ(file, f_path.dentry, d_name.name);

	bpf_probe_read_kernel_str(key.text, sizeof(key.text), name);
	/* An exact key ends with NULs: what stands behind the name's own is cleared by the helper. */
	return bpf_map_lookup_elem(&file_names, &key) != 0;
}

static __always_inline bool ending_is_wanted(struct file *file, u32 lengths)
{
	u64 length = BPF_CORE_READ(file, f_path.dentry, d_name.len);
	const unsigned char *name = BPF_CORE_READ(file, f_path.dentry, d_name.name);

	for (u32 n = 1; n <= 8; n++) {
		struct ending key = { n };

		if (!(lengths & 1 << n) || length < n)
			continue;
		bpf_probe_read_kernel(key.text, n, name + length - n);
		if (bpf_map_lookup_elem(&endings, &key))
			return true;
	}
	return false;
}

/* Look for the walked path among the prefixes: as the program sees it, and as a whole. */
static __always_inline bool prefix_is_wanted(struct work *w)
{
	struct prefix key = { PREFIX_BYTES * 8 };
	u64 at = w->start;

	BOUND(at, PATH_BYTES - 1);
	bpf_probe_read_kernel(key.text, PREFIX_BYTES, w->path + at);
	if (bpf_map_lookup_elem(&prefixes, &key))
		return true;
	at = w->root;
	if (at == w->start || at >= PATH_BYTES)
		return false;
	BOUND(at, PATH_BYTES - 1);
	bpf_probe_read_kernel(key.text, PREFIX_BYTES, w->path + at);
	return bpf_map_lookup_elem(&prefixes, &key) != 0;
}

/* Read flags and mode; the way depends on the call. */
static __always_inline void open_flags(struct work *w, u32 *flags, u32 *mode)
{
	if (w->call.options & OPTION_HOW) {
		u64 how[2] = {};

		bpf_probe_read_user(how, sizeof(how), (void *)w->arguments[w->call.first & 7]);
		*flags = how[0];
		*mode = how[1];
	} else if (w->call.options & OPTION_CREATE) {
		*flags = O_CREAT_ | 01 | 01000;
		*mode = w->arguments[w->call.second & 7];
	} else {
		*flags = w->arguments[w->call.first & 7];
		*mode = *flags & O_CREAT_ ? w->arguments[w->call.second & 7] : 0;
	}
}

static __always_inline void opened(struct work *w, struct file *file, u32 flags, u32 mode)
{
	struct opened *o = (struct opened *)w->record;
	struct act key = { .type = w->call.type };
	struct repeats *unused;
	struct settings *s = wanted();
	bool all, walked = false;

	if (!s || is_muted())
		return;
	all = s->opens & OPENS_ALL || w->call.options & OPTION_ALWAYS || (flags & WRITES && s->opens & OPENS_WRITES);
	if (!all && s->opens & OPENS_NAMES)
		all = name_is_wanted(file);
	if (!all && s->opens & OPENS_ENDINGS)
		all = ending_is_wanted(file, s->endings);
	if (!all && s->opens & OPENS_UPPER)
		all = layer_flags(file) & FLAG_UPPER;
	if (!all && s->opens & OPENS_PREFIXES) {
		walk((u64)BPF_CORE_READ(file, f_path.dentry), (u64)BPF_CORE_READ(file, f_path.mnt));
		walked = true;
		/* The beginning of a path that is too long is not known: it may be the one. */
		all = w->cut || prefix_is_wanted(w);
	}
	if (!all) {
		count(COUNT_FILTERED);
		return;
	}
	/* A name may be given to another file: the entry of the name is part of what is equal. */
	key.what = BPF_CORE_READ(file, f_inode, i_ino);
	key.where = (u64)BPF_CORE_READ(file, f_path.dentry);
	key.detail = (u64)flags << 32 | BPF_CORE_READ(file, f_inode, i_sb, s_dev);
	/* So is how the name that was passed begins: rules tell links and detours by it. */
	bpf_probe_read_user_str(&key.more, sizeof(key.more), (void *)w->arguments[w->call.text[0] & 7]);
	if (s->repeats && is_repeat(&key, &unused))
		return;
	begin(w, SHAPE_OPENED, w->call.type, sizeof(*o));
	o->header.flags |= layer_flags(file);
	file_facts(&o->facts, file);
	o->facts.flags = flags;
	o->facts.mode = mode;
	o->facts.fd = w->result;
	if (!walked)
		walk((u64)BPF_CORE_READ(file, f_path.dentry), (u64)BPF_CORE_READ(file, f_path.mnt));
	o->facts.path = append_walked(w, &o->facts.root);
	o->facts.given = append_user(w, w->arguments[w->call.text[0] & 7]);
	if (s->repeats)
		o->header.flags |= FLAG_FIRST;
	if (!emit(w, CLASS_BULK) && s->repeats)
		remember(&key, &o->header);
}

static __always_inline void open_failed(struct work *w, u32 flags, u32 mode)
{
	struct opened *o = (struct opened *)w->record;
	struct settings *s = wanted();

	if (!s || !(s->opens & OPENS_FAILED || w->call.options & OPTION_ALWAYS) || is_muted()) {
		count(COUNT_FILTERED);
		return;
	}
	begin(w, SHAPE_OPENED, w->call.type, sizeof(*o));
	__builtin_memset(&o->facts, 0, sizeof(o->facts));
	o->facts.flags = flags;
	o->facts.mode = mode;
	o->facts.fd = -1;
	o->facts.given = append_user(w, w->arguments[w->call.text[0] & 7]);
	emit(w, CLASS_BULK);
}

SEC("raw_tp")
int handle_open(void *c)
{
	struct work *w = work();
	struct file *file;
	u32 flags, mode;

	if (!w)
		return 0;
	open_flags(w, &flags, &mode);
	file = w->result < 0 ? 0 : file_of(w->result);
	if (file)
		opened(w, file, flags, mode);
	else if (w->result < 0)
		open_failed(w, flags, mode);
	give_back(w);
	return 0;
}

#define PROT_EXEC_ 4
#define MAP_SHARED_ 0x01
#define MAP_ANONYMOUS_ 0x20

static __always_inline void mapped(struct work *w)
{
	struct opened *o = (struct opened *)w->record;
	struct act key = { .type = TYPE_MMAP_EXEC };
	struct repeats *unused;
	struct settings *s = wanted();
	struct file *file;

	if (!s || !(w->arguments[2] & PROT_EXEC_) || w->arguments[3] & MAP_ANONYMOUS_)
		return;
	if (w->result < 0 && w->result > -4096)
		return;
	file = file_of(w->arguments[4]);
	if (!file || is_muted())
		return;
	key.what = BPF_CORE_READ(file, f_inode, i_ino);
	key.where = (u64)BPF_CORE_READ(file, f_path.dentry);
	key.detail = BPF_CORE_READ(file, f_inode, i_sb, s_dev);
	/* What is shared is another act than what is private: compilers share what they write, loaders never. */
	key.fd = w->arguments[3] & MAP_SHARED_;
	if (s->repeats && is_repeat(&key, &unused))
		return;
	begin(w, SHAPE_OPENED, TYPE_MMAP_EXEC, sizeof(*o));
	o->header.result = 0;
	o->header.flags |= layer_flags(file);
	file_facts(&o->facts, file);
	o->facts.flags = w->arguments[2];
	o->facts.mode = w->arguments[3];
	o->facts.fd = w->arguments[4];
	o->facts.path = append_file(w, file, &o->facts.root);
	if (s->repeats)
		o->header.flags |= FLAG_FIRST;
	if (!emit(w, CLASS_BULK) && s->repeats)
		remember(&key, &o->header);
}

SEC("raw_tp")
int handle_map(void *c)
{
	struct work *w = work();

	if (!w)
		return 0;
	if (w->call.options & OPTION_OLD) {
		u32 packed[6] = {};

		bpf_probe_read_user(packed, sizeof(packed), (void *)w->arguments[0]);
		for (int i = 0; i < 6; i++)
			w->arguments[i] = packed[i];
	}
	mapped(w);
	give_back(w);
	return 0;
}

#define F_DUPFD_ 0
#define F_DUPFD_CLOEXEC_ 1030

static __always_inline void duplicated(struct work *w)
{
	u32 command = w->arguments[1];
	struct file *file;

	if (w->result < 0)
		return;
	if (w->call.options & OPTION_COMMAND && command != F_DUPFD_ && command != F_DUPFD_CLOEXEC_)
		return;
	/* No descriptor is its own copy: on arm64 execve(2) has the number of the 32-bit fcntl64(2), which it
	 * seems to be where it began a 32-bit program. */
	if (w->call.options & OPTION_COMMAND && (u32)w->arguments[0] == (u32)w->result)
		return;
	file = file_of(w->result);
	if (!file || is_muted())
		return;
	if ((BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT_) == S_IFSOCK_) {
		struct duplicated_socket *d = (struct duplicated_socket *)w->record;

		begin(w, SHAPE_DUPLICATED_SOCKET, w->call.type, sizeof(*d));
		d->old = w->arguments[0];
		d->new = w->result;
		d->reserved = 0;
		socket_of(w, file, &d->facts);
		d->facts.fd = w->result;
	} else {
		struct duplicated_file *d = (struct duplicated_file *)w->record;

		begin(w, SHAPE_DUPLICATED_FILE, w->call.type, sizeof(*d));
		d->header.flags |= layer_flags(file);
		d->old = w->arguments[0];
		d->new = w->result;
		file_facts(&d->facts, file);
		d->facts.flags = BPF_CORE_READ(file, f_flags);
		d->facts.mode = 0;
		d->facts.fd = w->result;
		d->facts.path = append_file(w, file, &d->facts.root);
	}
	emit(w, CLASS_BULK);
}

SEC("raw_tp")
int handle_dup(void *c)
{
	struct work *w = work();

	if (!w)
		return 0;
	duplicated(w);
	give_back(w);
	return 0;
}
