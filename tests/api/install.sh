#!/bin/sh
# install.sh CMAKE COMPILER SOURCE WORK: builds libtally alone, as a packager would, and
# installs it into WORK/prefix, which the other tests use.
set -eu
cmake=$1
cc=$2
source=$3
work=$4

rm -rf "$work/prefix"
cd "$source"
"$cmake" --preset tally -B "$work/build" -DCMAKE_C_COMPILER="$cc" -DSTIMMWERK_WERROR=ON
"$cmake" --build "$work/build"
"$cmake" --install "$work/build" --component tally --prefix "$work/prefix"
