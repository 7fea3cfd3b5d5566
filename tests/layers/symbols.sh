#!/bin/sh
# symbols.sh NM BUILD: the pure layers import memory, strings, sorting and formatting, and
# nothing that does I/O, reads a clock or makes randomness. `base` may be used, but not its
# log.
set -eu
nm=$1
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

cat >"$work/allowed" <<'LIST'
__assert_fail
abort
bcmp
calloc
free
malloc
memchr
memcmp
memcpy
memmove
memset
qsort
realloc
snprintf
strchr
strcmp
strlen
strncmp
strpbrk
strrchr
strspn
strcspn
strnlen
vsnprintf
LIST

# What compilers, sanitizers, coverage and fortification add by themselves.
tooling='^(_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|__[a-z]+_chk|__(asan|ubsan|tsan|lsan|msan|sanitizer|sancov|gcov|llvm|start___sanc|stop___sanc)_?.*|__u?(div|mod|mul|mulo)(ti|di)[34]|__popcountdi2|atexit)$'

defined() {
    "$nm" -P -g --defined-only "$build/libstimmwerk_$1.a" 2>/dev/null |
        awk 'NF > 1 { print $1 }'
}

for layer in base tally picture domain export trust; do
    if [ ! -f "$build/libstimmwerk_$layer.a" ]; then
        echo "libstimmwerk_$layer.a is not built"
        exit 1
    fi
done

# LAYER USED…: what LAYER imports and may not.
strangers() {
    layer=$1
    shift
    defined "$layer" >"$work/known"
    for used in "$@"; do
        defined "$used" | grep -v '^log_' >>"$work/known" || true
    done
    cat "$work/allowed" >>"$work/known"
    "$nm" -P -u "$build/libstimmwerk_$layer.a" 2>/dev/null |
        awk 'NF > 1 { print $1 }' | sort -u |
        grep -vxF -f "$work/known" | grep -vE "$tooling" || true
}

check() {
    found=$(strangers "$@")
    if [ -n "$found" ]; then
        echo "$1 imports what it must not:"
        echo "$found"
        failed=1
    fi
}

check tally
check picture base
check domain tally picture base
check export domain tally picture base

# A check that finds nothing anywhere would be none: base has a log, trust has randomness.
for impure in base trust; do
    if [ -z "$(strangers "$impure" base)" ]; then
        echo "$impure does not import anything impure: this test is blind"
        failed=1
    fi
done

exit $failed
