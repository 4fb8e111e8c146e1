#!/usr/bin/env bash
# The programs that tests drive but npm cannot bring: a NATS server, PostgreSQL and a browser. The system itself needs
# none of them to run on one node. What is there is left alone; what is missing is installed where that needs no question (as
# root, with apt), and otherwise named together with the command that installs it; with `--all-or-fail` that is exit 1.
set -euo pipefail

# program that has to be found, package that brings it
prerequisites=(
  "nats-server nats-server"
  "initdb postgresql"
  "chromium chromium"
)

# Debian keeps the programs of a PostgreSQL server beside the path, one folder a version.
places="$PATH:/usr/sbin:/usr/local/sbin"
for folder in /usr/lib/postgresql/*/bin; do places="$places:$folder"; done

missing=()
for prerequisite in "${prerequisites[@]}"; do
  read -r program package <<<"$prerequisite"
  PATH="$places" command -v "$program" >/dev/null || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install --yes --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing what the tests need: ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  if (apt-get update && $install) >&2; then exit 0; fi
fi

echo "The tests need ${missing[*]}. Install with:  sudo $install" >&2
# Not a failure by itself: the tests that need no such program can still be run, the others say what they miss.
[ "${1:-}" != "--all-or-fail" ]
