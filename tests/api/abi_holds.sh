#!/bin/sh
# abi_holds.sh COMPILER INCLUDE: the headers still say what abi.txt says. Skipped (77) on a
# machine that is not of 64 bits.
set -eu
here=$(dirname "$0")
now=$(mktemp)
trap 'rm -f "$now"' EXIT
code=0
sh "$here/abi.sh" "$1" "$2" >"$now" || code=$?
[ "$code" -eq 0 ] || exit "$code"
if ! diff "$here/abi.txt" "$now"; then
    echo "^ the ABI changed. If that is meant: tests/api/update, and the version in base.h"
    exit 1
fi
