#!/bin/sh
# package.sh CMAKE C-COMPILER C++-COMPILER WORK: programs that find libtally by find_package,
# shared and static.
set -eu
cmake=$1
cc=$2
cxx=$3
work=$4
here=$(dirname "$0")
dir=$work/package
rm -rf "$dir"

header=$work/prefix/include/stimmwerk/tally/base.h
version=$(sed -n 's/^#define TALLY_VERSION_[A-Z]* //p' "$header" | paste -sd.)
"$cmake" -S "$here/consumer" -B "$dir" -G Ninja -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_PREFIX_PATH="$work/prefix" -DWANTED="$version"
"$cmake" --build "$dir"
for program in c-tally c-tally-static cpp-tally cpp-tally-static; do
    "$dir/$program" | diff "$here/example.expected" -
done
