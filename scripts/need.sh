#!/usr/bin/env bash
# Looks for what the tests need besides Rust and Node: PostgreSQL, Chromium with fonts, Python with venv, libfaketime.
# Installs what is missing from Debian's packages when run as root; otherwise says loudly what is not tested.
# Prints nothing when everything is there.
set -euo pipefail

postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
browser() { [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; }
fonts() { ! command -v fc-list >/dev/null || fc-list ':lang=ar' family 2>/dev/null | grep -q .; }
faketime() { compgen -G '/usr/lib/*/faketime/libfaketime.so.1' >/dev/null; }
python() { python3 -c 'import venv, ensurepip' 2>/dev/null; }

missing=()
postgres || missing+=(postgresql)
browser || missing+=(chromium fontconfig)
fonts || missing+=(fonts-noto-core fonts-dejavu-core)
python || missing+=(python3 python3-venv)
faketime || missing+=(faketime)
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing what the tests need: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } || true
fi

shout() { printf '\n*** NOT THERE: %s\n*** %s\n\n' "$1" "$2" >&2; absent=1; }
absent=0
postgres || shout PostgreSQL 'The store is tested on SQLite only. Install your system'\''s PostgreSQL server package.'
browser || shout Chromium 'The browser stories do not run. Install it, or point CHROMIUM to it.'
fonts || shout 'fonts for Arabic' 'Screenshots of the Arabic widget show boxes. Install Noto fonts.'
faketime || shout libfaketime 'The program is not tested under a moved clock. Install faketime.'
python || shout 'Python with venv' 'The second implementation of the encryption is not tested.'
exit "$absent"
