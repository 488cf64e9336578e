# title: the core pattern is opened relative to its folder
# technique: T1611
# expects: core-pattern-written
cd /proc/sys/kernel; ( : >>core_pattern ) 2>/dev/null || true
