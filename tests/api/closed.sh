#!/bin/sh
# closed.sh COMPILER NM WORK: a program may use for itself every name that libtally uses
# inside. It is linked with the installed archive; with the archive of our own program the
# same fails, else this test is blind.
set -eu
cc=$1
nm=$2
work=$3
here=$(dirname "$0")
dir=$work/closed
mkdir -p "$dir"

"$nm" -P -g --defined-only "$work/build/libstimmwerk_tally.a" |
    awk 'NF > 1 && $1 !~ /^tally_/ { print "int " $1 " = 1;" }' | LC_ALL=C sort -u \
    >"$dir/names.c"
echo "$(wc -l <"$dir/names.c") names"
grep -q '^int names_add = 1;$' "$dir/names.c"

link() { # link ARCHIVE
    "$cc" -std=c17 -I "$work/prefix/include" "$here/example.c" "$dir/names.c" "$1" \
        -o "$dir/program"
}

link "$(find "$work/prefix" -name 'libstimmwerk-tally.a')"
"$dir/program" | diff "$here/example.expected" -
if link "$work/build/libstimmwerk_tally.a" 2>"$dir/errors"; then
    echo "the names do not collide anyway: this test is blind"
    exit 1
fi
grep -q 'multiple definition\|duplicate symbol' "$dir/errors"
