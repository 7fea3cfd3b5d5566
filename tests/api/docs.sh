#!/bin/sh
# docs.sh COMPILER PREFIX ROOT: what docs/libtally.md and the man page say of the library is
# what it does: the tables of methods and settings, the formats' names, the example, every
# function.
set -eu
cc=$1
prefix=$2
root=$3
here=$(dirname "$0")
doc=$root/docs/libtally.md
page=$root/docs/man/stimmwerk-tally.3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

between() { # between FIRST LAST: the lines of the document between these two
    awk -v first="$1" -v last="$2" '
        $0 == last { inside = 0 }
        inside { print }
        $0 == first { inside = 1 }' "$doc"
}

sh "$here/tables.sh" "$cc" "$prefix" >"$work/tables"
if ! between '<!-- methods and settings -->' '<!-- end -->' | diff - "$work/tables"; then
    echo "^ the tables are not the library's: tests/api/update writes them"
    failed=1
fi

if ! between '```c' '```' | diff - "$here/example.c"; then
    echo "^ the example is not tests/api/example.c"
    failed=1
fi

cat >"$work/formats.c" <<'C'
#include <stimmwerk/tally.h>
#include <stdio.h>

int main(void)
{
    for (int f = TALLY_FORMAT_ANY + 1; f < TALLY_FORMAT_COUNT; f++) {
        puts(tally_format_name((enum tally_format)f));
    }
    return 0;
}
C
"$cc" -std=c17 -I "$prefix/include" "$work/formats.c" \
    "$(find "$prefix" -name 'libstimmwerk-tally.a')" -o "$work/formats"
for format in $("$work/formats"); do
    if ! grep -q "^| \`$format\`" "$doc"; then
        echo "$doc has no row for the format $format"
        failed=1
    fi
done

sh "$here/declared.sh" "$cc" "$prefix/include" >"$work/prototypes"
sed 's/^[^(]*[ *]\([a-z0-9_]*\)(.*/\1/' "$work/prototypes" >"$work/functions"
while read -r function; do
    if ! grep -q "^\.Fn $function\( \|$\)" "$page"; then
        echo "$page does not name $function"
        failed=1
    fi
done <"$work/functions"

exit $failed
