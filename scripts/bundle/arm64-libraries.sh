#!/bin/sh
# Unpacks what an arm64 Debian has and an arm64 program needs into the folder $1, and the packages named after it; this system is not touched.
set -eu
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$root" "$work/state/lists/partial" "$work/cache/archives/partial" "$work/debs"
touch "$work/status"
cat >"$work/apt.conf" <<TEXT
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Etc::SourceList "$work/sources.list";
Dir::Etc::SourceParts "/dev/null";
TEXT
# shellcheck source=/dev/null
. /etc/os-release
printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian %s main\n' \
  "$VERSION_CODENAME" >"$work/sources.list"
export APT_CONFIG="$work/apt.conf"
apt-get -qq update
cd "$work/debs"
shift
apt-get -qq download libc6 libgcc-s1 libstdc++6 "$@"
for package in ./*.deb; do dpkg-deb -x "$package" "$root"; done
