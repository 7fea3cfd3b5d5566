#!/bin/sh
# tables.sh COMPILER PREFIX: prints the tables of methods and settings for docs/libtally.md,
# as the installed library tells them.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" -std=c17 -Wall -Wextra -Wpedantic -Werror -I "$2/include" \
    "$(dirname "$0")/methods_table.c" "$(find "$2" -name 'libstimmwerk-tally.a')" \
    -o "$work/table"
"$work/table"
