#!/bin/sh
# pkgconfig.sh C-COMPILER C++-COMPILER READELF WORK: programs that find libtally by
# pkg-config, shared and static, where it was installed and where it was moved to.
set -eu
cc=$1
cxx=$2
readelf=$3
work=$4
here=$(dirname "$0")
dir=$work/pkgconfig
rm -rf "$dir"
mkdir -p "$dir"
warnings="-Wall -Wextra -Wpedantic -Werror"

ask() { # ask PREFIX QUESTION…
    PKG_CONFIG_PATH=$(dirname "$(find "$1" -name stimmwerk-tally.pc)")
    export PKG_CONFIG_PATH
    shift
    pkg-config "$@" stimmwerk-tally
}

check() { # check PREFIX
    libdir=$(ask "$1" --variable=libdir)
    for kind in shared static; do
        link=
        [ $kind = shared ] || link=-static
        # shellcheck disable=SC2046,SC2086
        "$cc" -std=c17 $warnings "$here/example.c" $link \
            $(ask "$1" ${link:+--static} --cflags --libs) -o "$dir/c-$kind"
        # shellcheck disable=SC2046,SC2086
        "$cxx" -std=c++17 $warnings "$here/example.cpp" $link \
            $(ask "$1" ${link:+--static} --cflags --libs) -o "$dir/cpp-$kind"
        for program in "$dir/c-$kind" "$dir/cpp-$kind"; do
            LD_LIBRARY_PATH=$libdir "$program" | diff "$here/example.expected" -
            needed=$("$readelf" -dW "$program" | grep -c 'NEEDED.*libstimmwerk-tally' || true)
            if [ "$needed" -ne "$([ $kind = shared ] && echo 1 || echo 0)" ]; then
                echo "$program is not $kind"
                exit 1
            fi
        done
    done
}

header=$work/prefix/include/stimmwerk/tally/base.h
version=$(sed -n 's/^#define TALLY_VERSION_[A-Z]* //p' "$header" | paste -sd.)
[ "$(ask "$work/prefix" --modversion)" = "$version" ]
check "$work/prefix"
cp -r "$work/prefix" "$dir/moved"
check "$dir/moved"
echo "version $version"
