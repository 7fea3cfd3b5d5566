#!/bin/sh
# declared.sh COMPILER INCLUDE: the functions that the public headers declare with TALLY_API,
# one prototype a line, sorted. Fails at one that is declared without.
set -eu
cc=$1
include=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Between two of `;`, `{` and `}` stands one declaration.
printf '#include <stimmwerk/tally.h>\n' >"$work/all.c"
"$cc" -std=c17 -E -P -I "$include" "$work/all.c" | tr '\n' ' ' | tr ';{}' '[\n*]' |
    sed 's/_Bool/bool/g; s/  */ /g; s/( /(/g; s/\* /*/g; s/^ //; s/ $//' >"$work/declarations"

if grep 'tally_[a-z0-9_]*(' "$work/declarations" | grep -v '^typedef ' |
    grep -v '__attribute__((visibility("default")))' >&2; then
    echo "^ declared without TALLY_API" >&2
    exit 1
fi
sed -n 's/__attribute__((visibility("default"))) *//p' "$work/declarations" | LC_ALL=C sort
