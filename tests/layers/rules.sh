#!/bin/sh
# rules.sh ROOT: what may not stand in a source file. SQL lives in sql/; includes name their
# layer; a library is known to few; files stay short.
set -eu
cd "$1"
failed=0

# forbid WHY PATTERN FILE…: no line of the files matches.
forbid() {
    why=$1
    pattern=$2
    shift 2
    if grep -nE "$pattern" "$@" /dev/null; then
        echo "^ $why"
        failed=1
    fi
}

sources=$(find server include -name '*.[ch]')

# shellcheck disable=SC2086
forbid "SQL stands in sql/ only" \
    '"(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|ATTACH|VACUUM|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|REPLACE)[ ;"]' \
    $sources
# shellcheck disable=SC2086
forbid "SQL stands in sql/ only" \
    '"(select .* from |insert into |delete from |create table |update [a-z_]+ set |pragma )' \
    $sources
# shellcheck disable=SC2086
forbid "an include names its layer: \"layer/file.h\"" \
    '^ *# *include "(\.|[^/"]*")' \
    $(echo "$sources" | grep -v '^server/store/')
forbid "an include names its layer (the store's embedded SQL aside)" \
    '^ *# *include "(\.|[^/"]*")' \
    $(find server/store -name '*.[ch]' -exec grep -L 'sql_embedded.h' {} +)

# library WHO HEADER LAYER…: only these layers know a library.
library() {
    header=$1
    shift
    others=$sources
    for layer in "$@"; do
        others=$(echo "$others" | grep -v "^server/$layer/")
    done
    # shellcheck disable=SC2086
    forbid "only $* may include $header" "^ *# *include [<\"]$header" $others
}

library 'sqlite3' store
library 'libwebsockets' net
library 'uv\.h' net app
library 'openssl/' trust net client
library 'utf8proc' wire
library '(cjson/)?cJSON' wire app
library 'time\.h' store net client app trust base
library 'sys/random' trust

# shellcheck disable=SC2086
forbid "the pure layers use no I/O, clock, process or thread" \
    '^ *# *include <(time|unistd|fcntl|pthread|threads|signal|errno|locale|math|poll|dirent|sys/[a-z]+)\.h>' \
    $(find server/tally server/domain server/export -name '*.[ch]')

for file in $sources; do
    lines=$(wc -l <"$file")
    if [ "$lines" -gt 500 ]; then
        echo "$file has $lines lines: at most 500"
        failed=1
    fi
done

exit $failed
