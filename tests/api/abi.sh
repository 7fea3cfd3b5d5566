#!/bin/sh
# abi.sh COMPILER INCLUDE: prints what programs built against libtally rely on: every
# function, the value structs, the enums and the constants, read from the headers. abi.txt
# holds what it printed when it was last looked at.
set -eu
cc=$1
include=$2
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

printf '#include <stimmwerk/tally.h>\n' >"$work/all.c"
"$cc" -std=c17 -E -P -I "$include" "$work/all.c" | tr '\n' ' ' |
    sed 's/_Bool/bool/g; s/  */ /g; s/( /(/g; s/\* /*/g' >"$work/text"

sh "$here/declared.sh" "$cc" "$include" >"$work/functions"

# A program that prints sizes and values.
{
    printf '#include <stimmwerk/tally.h>\n#include <stdio.h>\nint main(void)\n{\n'
    grep -o 'struct tally_[a-z_]* {[^}]*}' "$work/text" | awk '{
        name = $2
        printf "printf(\"struct %s: %%zu bytes\\n\", sizeof(struct %s));\n", name, name
        sub(/^[^{]*{/, ""); sub(/}.*/, "")
        fields = split($0, field, ";")
        for (i = 1; i < fields; i++) {
            sub(/^ */, "", field[i])
            words = split(field[i], word, /[ *]+/)
            at = "offsetof(struct " name ", " word[words] ")"
            printf "printf(\"struct %s: %%zu: %s\\n\", %s);\n", name, field[i], at
        }
    }'
    grep -o 'enum tally_[a-z_]* {[^}]*}' "$work/text" | awk '{
        name = $2
        sub(/^[^{]*{/, ""); sub(/}.*/, "")
        values = split($0, value, ",")
        for (i = 1; i <= values; i++) {
            sub(/=.*/, "", value[i]); gsub(/ /, "", value[i])
            if (value[i] != "") {
                printf "printf(\"enum %s: %s = %%d\\n\", (int)%s);\n", name, value[i], \
                    value[i]
            }
        }
    }'
    sed -n 's/^#define \(TALLY_[A-Z_]*\) .*/\1/p' "$include"/stimmwerk/tally/*.h |
        grep -v '^TALLY_\(BEGIN\|END\|API\|VERSION_[A-Z]*\)$' | sort |
        sed 's/.*/printf("constant & = %lld\\n", (long long)&);/'
    printf 'return sizeof(void *) == 8 ? 0 : 77;\n}\n'
} >"$work/print.c"
"$cc" -std=c17 -Wall -Werror -I "$include" "$work/print.c" -o "$work/print"

echo "# What programs built against libtally rely on, on a machine of 64 bits. Where a line
# changes or goes, such programs break: TALLY_VERSION_MAJOR counts up. Where one comes,
# TALLY_VERSION_MINOR does. tests/api/update writes this file."
sed 's/^/function /' "$work/functions"
tr ';{}' '[\n*]' <"$work/text" | sed -n 's/^ *typedef \(.*tally_[a-z_]*(.*\)/type \1/p' |
    sort
"$work/print"
