#!/bin/sh
# includes.sh COMPILER DIR: compiles one line, #include "other/….h", as each layer, for each
# other layer. What the table allows must compile, all else must not be found. The table is
# written out here, not read from the build: changing the build alone fails this test.
set -eu
cc=$1
dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

uses() {
    case $1 in
    base) echo base ;;
    tally) echo tally ;;
    picture) echo base picture ;;
    domain) echo base tally picture domain ;;
    export) echo base tally picture domain export ;;
    wire) echo base tally picture domain wire ;;
    trust) echo base trust ;;
    store) echo base store ;;
    net) echo base net ;;
    client) echo base client ;;
    app) echo base tally picture domain export wire trust store net client app ;;
    esac
}

header() {
    case $1 in
    base) echo base/err.h ;;
    tally) echo stimmwerk/tally.h ;;
    domain) echo domain/event.h ;;
    *) echo "$1/$1.h" ;;
    esac
}

compile() { # LAYER HEADER
    printf '#include "%s"\ntypedef int not_empty;\n' "$2" >"$work/one.c"
    "$cc" -std=c17 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L -fsyntax-only \
        @"$dir/$1.includes" "$work/one.c" 2>"$work/errors"
}

count=0
layers="base tally picture domain export wire trust store net client app"
for layer in $layers; do
    for other in $layers; do
        count=$((count + 1))
        case " $(uses "$layer") " in
        *" $other "*)
            if ! compile "$layer" "$(header "$other")"; then
                echo "$layer may include $(header "$other"), but:"
                cat "$work/errors"
                failed=1
            fi
            ;;
        *)
            if compile "$layer" "$(header "$other")"; then
                echo "$layer includes $(header "$other"): must not compile, but does"
                failed=1
            elif ! grep -qi "no such file\|file not found" "$work/errors"; then
                echo "$layer includes $(header "$other"): fails for another reason:"
                cat "$work/errors"
                failed=1
            fi
            ;;
        esac
    done
done

# The public header of libtally needs nothing of ours.
printf '#include "stimmwerk/tally.h"\ntypedef int not_empty;\n' >"$work/one.c"
include=$(grep '/include$' "$dir/tally.includes")
if ! "$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only "$include" "$work/one.c"; then
    failed=1
fi

echo "$count pairs"
exit $failed
