#!/bin/sh
# Puts Switchyard on this machine as a service, or takes it away again. Needs root, and nothing but what every Debian has.
set -eu

usage() {
  cat <<'TEXT'
usage: ./install.sh [install] [--lan] [--port N] [--no-start]   installs, or upgrades and keeps the data
       ./install.sh rollback                                    back to the release before
       ./install.sh uninstall [--keep-data] [--yes]             leaves nothing, or nothing but the data

  --lan        opens the panel to the local network, over HTTPS; without it this machine only
  --port N     where the panel is opened (8080)
  --no-start   installs and does not start
  --root DIR   beneath DIR instead of /, for images: no users are made there and nothing is started
TEXT
}

say() { printf 'switchyard: %s\n' "$1"; }
fail() {
  printf 'switchyard: %s\n' "$1" >&2
  exit "${2:-1}"
}
mistaken() {
  usage >&2
  fail "$1" 2
}

here=$(cd "$(dirname "$0")" && pwd)
action=install
root=
lan=
port=
start=yes
keep_data=
sure=
case "${1:-}" in
install | rollback | uninstall)
  action=$1
  shift
  ;;
esac
while [ $# -gt 0 ]; do
  case "$1" in
  --lan) lan=yes ;;
  --port | --root)
    [ $# -ge 2 ] || mistaken "$1 wants a value"
    case "$1" in --port) port=$2 ;; --root) root=${2%/} ;; esac
    shift
    ;;
  --no-start) start= ;;
  --keep-data) keep_data=yes ;;
  --yes) sure=yes ;;
  -h | --help)
    usage
    exit 0
    ;;
  *) mistaken "there is no \"$1\"" ;;
  esac
  shift
done
case "$port" in
'') ;;
*[!0-9]*) mistaken "--port wants a number, not \"$port\"" ;;
*) { [ "$port" -ge 1 ] && [ "$port" -le 65535 ]; } || mistaken "there is no port $port" ;;
esac

home=$root/opt/switchyard
data=$root/var/lib/switchyard
settings=$root/etc/switchyard/switchyard.env
unit=$root/etc/systemd/system/switchyard.service
drop_in=$unit.d/cores.conf
rules=$root/etc/udev/rules.d/60-switchyard.rules
avahi=$root/etc/avahi/services/switchyard.service
dnssd=$root/etc/systemd/dnssd/switchyard.dnssd

# Whether this is a machine that runs, with systemd in charge, and not an image or a container.
live() { [ -z "$root" ] && [ -d /run/systemd/system ]; }
service() { if live; then systemctl "$@"; fi; }
reload() {
  service daemon-reload
  if live; then
    udevadm control --reload
    udevadm trigger --subsystem-match=usb
    systemctl try-reload-or-restart systemd-resolved.service 2>/dev/null || true
  fi
}

# Refuses before anything is touched.
check_machine() {
  [ -n "$root" ] || [ "$(id -u)" = 0 ] || fail 'this needs root: sudo ./install.sh'
  wanted=$(cat "$here/board/architecture")
  [ -n "$root" ] || [ "$(uname -m)" = "$wanted" ] || fail "this bundle is for $wanted, and this machine is $(uname -m)"
  floor=$(cat "$here/board/glibc")
  has=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2) || has=
  [ -n "$root" ] || at_least "${has:-0}" "$floor" ||
    fail "this needs glibc $floor or later, and this machine has ${has:-another C library}: Debian 10 is the oldest that will do"
}

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n | head -n 1)" = "$2" ]; }

# A system user that owns the data and, by the udev rules, the sticks.
make_user() {
  [ -z "$root" ] || return 0
  getent group switchyard >/dev/null || groupadd --system switchyard
  getent passwd switchyard >/dev/null ||
    useradd --system --gid switchyard --home-dir /var/lib/switchyard --no-create-home --shell /usr/sbin/nologin switchyard
}

# Prints the folder of the new release. It is whole before anything points at it.
place_release() {
  version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$here/package.json")
  release=releases/$version
  n=1
  while [ -e "$home/$release" ]; do
    n=$((n + 1))
    release=releases/$version-$n
  done
  mkdir -p "$home/releases"
  chmod 755 "$home" "$home/releases"
  cp -R "$here" "$home/$release.part"
  chmod -R u=rwX,go=rX "$home/$release.part"
  mv "$home/$release.part" "$home/$release"
  printf '%s\n' "$release"
}

# In one step: whoever starts meanwhile finds the old release or the new one.
point() {
  ln -s "$2" "$home/$1.next"
  mv -T "$home/$1.next" "$home/$1"
}

# A setting that a person has changed stays as it is; a new one is only written when it is asked for.
write_settings() {
  mkdir -p "$(dirname "$settings")"
  [ -e "$settings" ] || cp "$here/board/switchyard.env" "$settings"
  [ -z "$port" ] || set_to PORT "$port"
  [ -z "$lan" ] || set_to HOST 0.0.0.0
}
set_to() {
  sed "s|^#\{0,1\}$1=.*|$1=$2|" "$settings" >"$settings.next"
  mv "$settings.next" "$settings"
}
setting() { sed -n "s/^$1=//p" "$settings"; }

# The panel belongs on the little cores where there are two kinds; inferences choose the big ones themselves.
write_cores() {
  rm -f "$drop_in"
  little=$(little_cores)
  [ -n "$little" ] || return 0
  mkdir -p "$(dirname "$drop_in")"
  printf '[Service]\nCPUAffinity=%s\n' "$little" >"$drop_in"
}
little_cores() {
  cpus=$root/sys/devices/system/cpu
  for core in "$cpus"/cpu[0-9]*; do
    strength=$(cat "$core/cpu_capacity" 2>/dev/null || cat "$core/cpufreq/cpuinfo_max_freq" 2>/dev/null) || continue
    printf '%s %s\n' "$strength" "${core##*/cpu}"
  done | sort -n | awk '{ of[$1] = of[$1] " " $2; if (NR == 1) least = $1; most = $1 }
    END { if (NR && least * 1.2 <= most) print substr(of[least], 2) }'
}

write_system() {
  mkdir -p "$(dirname "$unit")" "$(dirname "$rules")" "$(dirname "$avahi")" "$(dirname "$dnssd")"
  cp "$here/board/switchyard.service" "$unit"
  cp "$here/board/60-switchyard.rules" "$rules"
  opened=$(setting PORT)
  sed "s/@PORT@/${opened:-8080}/" "$here/board/avahi.service" >"$avahi"
  sed "s/@PORT@/${opened:-8080}/" "$here/board/switchyard.dnssd" >"$dnssd"
  chmod 644 "$unit" "$rules" "$avahi" "$dnssd" "$settings"
  write_cores
  mkdir -p "$root/usr/local/bin"
  ln -sf /opt/switchyard/current/bin/switchyard "$root/usr/local/bin/switchyard"
}

# The server is stopped: what lies there is whole. A newer release may change the database; the older one could not read it.
keep_database() {
  rm -rf "$data/before-upgrade"
  [ -e "$data/switchyard.db" ] || return 0
  mkdir -p "$data/before-upgrade"
  chmod 700 "$data/before-upgrade"
  for file in "$data"/switchyard.db "$data"/switchyard.db-wal; do
    [ ! -e "$file" ] || cp -p "$file" "$data/before-upgrade/"
  done
}

install() {
  check_machine
  make_user
  before=$(readlink "$home/current" 2>/dev/null) || before=
  now=$(place_release)
  service stop switchyard.service 2>/dev/null || true
  keep_database
  write_settings
  write_system
  [ -z "$before" ] || point previous "$before"
  point current "$now"
  forget_older
  reload
  service enable --quiet switchyard.service
  if [ -n "$start" ] && live; then begin "$before"; else say 'installed; it was not started'; fi
}

# Type=notify: systemctl comes back when the panel can be opened, or has failed to.
begin() {
  if systemctl start switchyard.service; then
    say "serving on port $(setting PORT); its first claim token: journalctl -u switchyard | grep -A 2 'Claim it'"
    return 0
  fi
  journalctl -u switchyard -n 20 --no-pager >&2 || true
  [ -n "$1" ] || fail 'it is installed and does not start; its last words are above'
  say 'the new release does not start; going back to the one before'
  rollback
  fail 'the upgrade failed, and the release before serves again'
}

forget_older() {
  for release in "$home"/releases/*; do
    name=releases/${release##*/}
    [ "$name" = "$(readlink "$home/current")" ] || [ "$name" = "$(readlink "$home/previous" 2>/dev/null)" ] || rm -rf "$release"
  done
}

rollback() {
  now=$(readlink "$home/current" 2>/dev/null) || fail 'Switchyard is not installed here'
  before=$(readlink "$home/previous" 2>/dev/null) || fail 'there is no release before this one'
  service stop switchyard.service 2>/dev/null || true
  if [ "$(ls "$home/$now/prisma/migrations")" != "$(ls "$home/$before/prisma/migrations")" ]; then restore_database; fi
  point current "$before"
  point previous "$now"
  cp "$home/$before/board/switchyard.service" "$unit"
  reload
  [ -z "$start" ] || service start switchyard.service
  say "back at ${before#releases/}"
}

restore_database() {
  [ -e "$data/before-upgrade/switchyard.db" ] || return 0
  aside=$data/after-upgrade
  rm -rf "$aside"
  mkdir -p "$aside"
  chmod 700 "$aside"
  for file in "$data"/switchyard.db "$data"/switchyard.db-wal; do [ ! -e "$file" ] || mv "$file" "$aside/"; done
  rm -f "$data/switchyard.db-shm"
  cp -p "$data"/before-upgrade/* "$data/"
  say "the database is as it was before the upgrade; what came since lies in ${aside#"$root"}"
}

uninstall() {
  [ -n "$root" ] || [ "$(id -u)" = 0 ] || fail 'this needs root: sudo ./install.sh uninstall'
  if [ -z "$keep_data" ] && [ -z "$sure" ]; then
    [ -t 0 ] || fail "this deletes every run and model in ${data#"$root"}; say --yes, or --keep-data" 2
    printf 'This deletes every run and model in %s. Type yes: ' "${data#"$root"}"
    read -r answer
    [ "$answer" = yes ] || fail 'nothing was done'
  fi
  service disable --now --quiet switchyard.service 2>/dev/null || true
  rm -rf "$home" "$unit" "$unit.d" "$rules" "$avahi" "$dnssd" "$(dirname "$settings")" "$root/usr/local/bin/switchyard"
  reload
  if [ -n "$keep_data" ]; then
    say "gone, but for ${data#"$root"}"
    return 0
  fi
  rm -rf "$data"
  if [ -z "$root" ]; then
    getent passwd switchyard >/dev/null && userdel switchyard
    getent group switchyard >/dev/null && groupdel switchyard
  fi
  say 'gone'
}

"$action"
