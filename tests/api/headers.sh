#!/bin/sh
# headers.sh C-COMPILER C++-COMPILER INCLUDE: every public header compiles alone and twice in
# a row, as C17 and as C++17, without a warning.
set -eu
cc=$1
cxx=$2
include=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wundef -Werror"

cd "$include"
for header in stimmwerk/*.h stimmwerk/*/*.h; do
    count=$((count + 1))
    printf '#include <%s>\n#include <%s>\nint main(void) { return 0; }\n' \
        "$header" "$header" >"$work/one.c"
    cp "$work/one.c" "$work/one.cpp"
    # shellcheck disable=SC2086
    if ! "$cc" -std=c17 $warnings -Wshadow -Wstrict-prototypes -I . -fsyntax-only \
        "$work/one.c"; then
        echo "$header is not C17"
        failed=1
    fi
    # shellcheck disable=SC2086
    if ! "$cxx" -std=c++17 $warnings -I . -fsyntax-only "$work/one.cpp"; then
        echo "$header is not C++17"
        failed=1
    fi
done

echo "$count headers"
[ "$count" -gt 8 ] || failed=1
exit $failed
