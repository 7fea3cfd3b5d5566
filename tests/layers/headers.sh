#!/bin/sh
# headers.sh COMPILER DIR ROOT: every header compiles alone, twice in a row, as its layer
# sees it.
set -eu
cc=$1
dir=$2
root=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0

for path in "$root"/server/*/*.h; do
    header=${path#"$root/server/"}
    layer=${header%%/*}
    count=$((count + 1))
    printf '#include "%s"\n#include "%s"\ntypedef int not_empty;\n' \
        "$header" "$header" >"$work/one.c"
    if ! "$cc" -std=c17 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L -Wall -Wextra \
        -Wno-unused-function -Werror -fsyntax-only @"$dir/$layer.includes" "$work/one.c"; then
        echo "$header does not compile alone"
        failed=1
    fi
done

echo "$count headers"
[ "$count" -gt 20 ] || failed=1
exit $failed
