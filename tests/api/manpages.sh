#!/bin/sh
# manpages.sh MANDOC STIMMWERK ROOT: the pages are clean mdoc, and the command's page names
# every option that `stimmwerk tally --help` names. The methods' settings are options too;
# their table stands in docs/libtally.md.
set -eu
mandoc=$1
stimmwerk=$2
root=$3
failed=0

for page in "$root"/docs/man/*.[1-9]; do
    "$mandoc" -Tlint -Wwarning "$page" || failed=1
done

options=$("$stimmwerk" tally --help | grep -o -- '--[a-z][a-z-]*' | sort -u)
for option in $options; do
    if grep -q "^| \`${option#--}\` |" "$root/docs/libtally.md"; then
        continue
    fi
    if ! sed 's/\\-/-/g' "$root/docs/man/stimmwerk-tally.1" |
        grep -q "Fl -*${option#--}\([ ,]\|$\)"; then
        echo "stimmwerk-tally.1 does not name $option"
        failed=1
    fi
done
[ "$(echo "$options" | wc -l)" -gt 5 ] || failed=1
exit $failed
