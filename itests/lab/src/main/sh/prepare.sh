# Sourced by ./demo, ./test and ./bench: what must be installed, and how; what runs from the build. Needs bash.

say() { printf '%s: %s\n' "${0##*/}" "$*"; }

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# command -v finds nothing in /usr/sbin for an ordinary user
PATH=$PATH:/usr/sbin:/sbin

# is_there NAME: whether there is a command of that name, for a name like libpcap.so.0.8 a library, for a path (with *) a file
is_there() {
    case $1 in
        /*) compgen -G "$1" >/dev/null ;;
        *.so.*) ldconfig -p | awk -v name="$1" '$1 == name { found = 1 } END { exit !found }' ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# missing_packages NAME PACKAGE ...: prints the packages whose command or library is missing, each once
missing_packages() {
    while [ $# -gt 1 ]; do
        is_there "$1" || echo "$2"
        shift 2
    done | sort -u
}

# A JDK, not only a JRE: javac is what tells. Any from 17 on will do.
has_jdk() {
    local javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac version
    version=$("$javac" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ]
}

JVMS=/usr/lib/jvm

is_jdk25() {
    "$1/bin/javac" -version 2>/dev/null | grep -q '^javac 25\>'
}

# find_jdk25: prints the directory that HALCYON_JDK25 names; without it, the newest JDK 25 of the distribution's. Fails without one.
find_jdk25() {
    local home
    while read -r home; do
        if is_jdk25 "$home"; then
            echo "$home"
            return 0
        fi
    done < <(if [ -n "${HALCYON_JDK25:-}" ]; then echo "$HALCYON_JDK25"; else compgen -G "$JVMS/*25*" | sort -rV; fi)
    return 1
}

POLICY=/usr/sbin/policy-rc.d

# Nothing that gets installed may start a service: a stock keepalived or nginx has no business on this machine.
deny_service_starts() {
    if [ -e "$POLICY" ]; then
        mv "$POLICY" "$POLICY.before-halcyon"
    fi
    printf '#!/bin/sh\nexit 101\n' >"$POLICY"
    chmod 755 "$POLICY"
}

allow_service_starts() {
    rm -f "$POLICY"
    if [ -e "$POLICY.before-halcyon" ]; then
        mv "$POLICY.before-halcyon" "$POLICY"
    fi
}

# install_missing NAME PACKAGE ...: installs what is missing by its Debian name
install_missing() {
    local packages log
    packages=$(missing_packages "$@")
    has_jdk || packages="openjdk-17-jdk-headless $packages"
    packages=$(echo $packages)
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null || die "missing: $packages (this is no Debian, so please install what they contain)"
    [ "$(id -u)" = 0 ] || die "missing: $packages. Run as root: apt-get install $packages"
    say "installing $packages"
    log=$(mktemp)
    # shellcheck disable=SC2064 # its name as it is now
    trap "allow_service_starts; rm -f '$log'" EXIT
    deny_service_starts
    # shellcheck disable=SC2086 # package names are words
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $packages; } >"$log" 2>&1 || {
        cat "$log" >&2
        die "the installation failed"
    }
    allow_service_starts
    rm -f "$log"
    trap - EXIT
}

# Hosts are made of these namespaces; the message of the first that fails says what the machine forbids.
can_make_hosts() {
    unshare --fork --net --mount --pid --uts --mount-proc ip link add halcyon0 type veth peer name halcyon1
}

# Whether the tar.gz and the laboratory are newer than all that they are made of.
build_is_current() {
    local archive
    archive=$(ls karaf-assembly/target/halcyon-*.tar.gz 2>/dev/null) || return 1
    [ -e itests/lab/target/lib ] && [ -e itests/lab/target/classes ] || return 1
    [ -z "$(find pom.xml bundles config features karaf-assembly itests/lab -path '*/target' -prune -o \
        -type f -newer "$archive" -print -quit)" ]
}

# run_lab CLASS [ARGUMENT]...: becomes a program of the laboratory, without Maven.
run_lab() {
    local options=(-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Dhalcyon.root=$PWD")
    java --list-modules | grep -q '^java.base@\(1[78]\|19\|2[0-3]\)' || options+=(--enable-native-access=ALL-UNNAMED)
    exec java "${options[@]}" -cp 'itests/lab/target/classes:itests/lab/target/lib/*' "$@"
}
