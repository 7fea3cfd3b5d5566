#!/bin/sh
# symbols.sh COMPILER NM READELF PREFIX: both libraries give programs the functions that the
# headers declare and nothing else; the shared one needs libc alone.
#
# pending.txt beside this script, if it is there, names functions that may still be missing.
set -eu
cc=$1
nm=$2
readelf=$3
prefix=$4
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# none WHY: standard input must be empty. It may be a pipe's end and thus another process:
# what failed is remembered in a file.
none() {
    if grep .; then
        echo "^ $1"
        touch "$work/failed"
    fi
}

shared=$(find "$prefix" -name 'libstimmwerk-tally.so')
archive=$(find "$prefix" -name 'libstimmwerk-tally.a')

sh "$here/declared.sh" "$cc" "$prefix/include" >"$work/prototypes"
sed 's/^[^(]*[ *]\([a-z0-9_]*\)(.*/\1/' "$work/prototypes" | sort >"$work/declared"
[ "$(wc -l <"$work/declared")" -gt 100 ] || none "so few functions: blind" <"$work/declared"
grep -v '^tally_' "$work/declared" | none "declared, and not called tally_…"

cp "$work/declared" "$work/expected"
if [ -e "$here/pending.txt" ]; then
    grep -v '^#' "$here/pending.txt" | sort >"$work/pending"
    comm -23 "$work/declared" "$work/pending" >"$work/expected"
fi

"$nm" -D --defined-only "$shared" | awk '{ print $3 }' | sort >"$work/shared"
"$nm" -g --defined-only "$archive" | awk 'NF == 3 { print $3 }' | sort >"$work/archive"
for library in shared archive; do
    comm -23 "$work/expected" "$work/$library" | none "declared, but not in the $library"
    comm -13 "$work/declared" "$work/$library" | none "in the $library, but not declared"
done

"$readelf" -dW "$shared" >"$work/dynamic"
sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$work/dynamic" >"$work/needed"
grep -v '^libc\.so\|^ld-linux' "$work/needed" | none "needed, and is not libc"
grep -q '^libc\.so' "$work/needed" || echo "libc is not needed: blind" | none "blind"

major=$(sed -n 's/^#define TALLY_VERSION_MAJOR //p' \
    "$prefix/include/stimmwerk/tally/base.h")
if ! grep -q "(SONAME).*\[libstimmwerk-tally\.so\.$major\]" "$work/dynamic"; then
    echo "$major" | none "the shared library's name has not this number"
fi

echo "$(wc -l <"$work/declared") functions"
[ ! -e "$work/failed" ]
