/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Put records together and hand them out: texts, sequence numbers, losses, wakeups.
 *
 * A wakeup is an interrupt to another processor (10 us in a virtual machine): one per event costs
 * more than the event. The reader polls by a timer; it is woken once, as the backlog crosses a mark.
 */
#pragma once

static __always_inline u64 ring_flags(void *ring, u32 mark)
{
	u64 waiting = bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA);

	return waiting - mark < 1024 ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

/* Number a record within its class and processor. A record that is then lost leaves a gap. */
static __always_inline void number_it(struct header *h, u32 class)
{
	u64 *next = bpf_map_lookup_elem(&sequences, &class);

	h->stream = class << 16 | bpf_get_smp_processor_id();
	h->sequence = next ? __sync_fetch_and_add(next, 1) : 0;
}

static __always_inline struct header *begin(struct work *w, u8 shape, u16 type, u32 size)
{
	struct header *h = (struct header *)w->record;

	who(h, shape, type);
	h->flags = w->compat ? FLAG_COMPAT : 0;
	h->result = w->result;
	w->used = size;
	return h;
}

/* Whether an equal act of this image of this process was told already; it is then counted. */
static __always_inline bool is_repeat(struct act *key, struct repeats **mine)
{
	struct repeats *value;
	struct task_struct *t = current();

	*mine = 0;
	key->process = bpf_get_current_pid_tgid() >> 32;
	key->image = BPF_CORE_READ(t, self_exec_id);
	value = bpf_map_lookup_elem(&repeated, key);
	if (!value)
		return false;
	/* Where the table is emptied just now, the place may be another act's already, which gets the count. */
	__sync_fetch_and_add(&value->count, 1);
	value->last = bpf_ktime_get_boot_ns();
	return true;
}

/* Remember that this act was told; where the table is full every act is told. */
static __always_inline void remember(struct act *key, struct header *h)
{
	struct repeats value = { h->sequence, h->time, h->stream, 0 };

	bpf_map_update_elem(&repeated, key, &value, BPF_NOEXIST);
}

/* Returns 0 when it was handed out. */
static __always_inline long emit(struct work *w, u32 class)
{
	struct header *h = (struct header *)w->record;
	struct settings *s = wanted();
	u64 size = w->used;
	long lost;

	if (!s)
		return -1;
	if (w->cut)
		h->flags |= FLAG_CUT;
	BOUND(size, RECORD_BYTES - 1);
	h->size = size;
	number_it(h, class);
	if (class & 1)
		lost = bpf_ringbuf_output(&urgent, h, size, ring_flags(&urgent, s->mark_urgent));
	else
		lost = bpf_ringbuf_output(&bulk, h, size, ring_flags(&bulk, s->mark_bulk));
	/* A flood of opens and connections drowns no rare call, as long as the other ring has room for it. */
	if (lost && !(class & 1) && h->shape == SHAPE_NAMES &&
	    bpf_ringbuf_query(&urgent, BPF_RB_AVAIL_DATA) < s->mark_urgent)
		lost = bpf_ringbuf_output(&urgent, h, size, 0);
	if (lost)
		count(h->type & (MOST_TYPES - 1));
	return lost;
}

/* Where the next text goes; `room` must be a constant of at most RECORD_SLACK. */
#define AT(w) ({ u64 __at = (w)->used; BOUND(__at, RECORD_BYTES - 1); (w)->record + __at; })

static __always_inline bool has_room(struct work *w, u32 bytes)
{
	if (w->used + bytes < RECORD_BYTES - 1)
		return true;
	w->cut = 1;
	return false;
}

/* Append a text of user memory, at most NAME_BYTES * 4 long. */
static __always_inline u16 append_user(struct work *w, u64 pointer)
{
	long n;

	if (!pointer || !has_room(w, PATH_BYTES))
		return 0;
	n = bpf_probe_read_user_str(AT(w), PATH_BYTES, (void *)pointer);
	if (n <= 0)
		return 0;
	if (n == PATH_BYTES)
		w->cut = 1;
	w->used += n - 1;
	return n - 1;
}

static __always_inline u16 append_kernel(struct work *w, const void *pointer)
{
	long n;

	if (!pointer || !has_room(w, PATH_BYTES))
		return 0;
	n = bpf_probe_read_kernel_str(AT(w), PATH_BYTES, pointer);
	if (n <= 0)
		return 0;
	w->used += n - 1;
	return n - 1;
}
