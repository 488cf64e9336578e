/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * The kernel's side of `sensors/ebpf.py`: one object of one compile unit, a file per topic.
 * docs/explanation/ebpf-sensor.md says what it sees and how; ADR 31 why it is built this way.
 */
#include "kernel.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "records.h"
#include "maps.h"
#include "task.h"
#include "emit.h"
#include "path.h"
#include "network.h"
#include "enforce.h"
#include "dispatch.h"
#include "file.h"
#include "names.h"
#include "process.h"
#include "dns.h"
#include "cgroup.h"
#include "uring.h"

/* Helpers for kernel memory ask for a licence that the kernel takes for its own. */
char LICENSE[] SEC("license") = "Dual BSD/GPL";
