# title: a runtime writes code into memory through one mapping and runs it through another
# needs: python3
python3 - <<'P'
import mmap, os
file = os.memfd_create("vmem"); os.ftruncate(file, 4096)
writes = mmap.mmap(file, 4096); writes[:1] = b"\xc3"
runs = mmap.mmap(file, 4096, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ | mmap.PROT_EXEC)
assert runs[:1] == b"\xc3"
P
