#!/usr/bin/env bash
# Lets one more program outside listen, in a folder that infra/make-development-secrets.sh made: its keys, certificate and
# rights at NATS, and its name among the relay's subscribers.
#   bash infra/add-subscriber.sh FOLDER NAME
# NAME is of small letters, digits and hyphens. Its owner gets the files of FOLDER/nats-NAME. What has to be told to the
# running system afterwards: docs/operating/subscribers.md
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: add-subscriber.sh FOLDER NAME" >&2 && exit 2; }
infra=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(cd "$1" && pwd)
name=$2
if [ ! -e "$folder/nats/arguments" ]; then
  echo "$folder was not made by make-development-secrets.sh" >&2
  exit 1
fi
if [ -e "$folder/nats-$name" ]; then
  echo "$folder/nats-$name is there already: choose another name" >&2
  exit 1
fi

umask 077
mapfile -t arguments <"$folder/nats/arguments"
arguments+=("--subscriber=$name")
# Refuses a name that is none, or another's.
npm --prefix "$infra/.." run --silent -w infra/nats credentials -- --to "$folder/nats" "${arguments[@]}" >/dev/null
printf '%s\n' "${arguments[@]}" >"$folder/nats/arguments"

own=$folder/nats-$name
mkdir "$own"
cp "$folder/nats/creds/$name.nk" "$own/credentials"
cp "$folder/nats/tls/$name.pem" "$own/certificate"
cp "$folder/nats/tls/$name-key.pem" "$own/key"
cp "$folder/nats/tls/ca.pem" "$own/ca"
cp "$folder/nats/"*.conf "$folder/nats-server/"
cp "$folder/nats/tls/"{ca,server,server-key}.pem "$folder/nats-server/tls/"
chmod -R a+rX "$own" "$folder/nats-server"

# What the relay makes durables for; without any the setting is absent.
for file in "$folder/one.env" "$folder/three.env"; do
  if grep -q '^SAFAR_SUBSCRIBERS=' "$file"; then
    sed -i "s/^SAFAR_SUBSCRIBERS=.*/&,$name/" "$file"
  else
    echo "SAFAR_SUBSCRIBERS=$name" >>"$file"
  fi
done
echo "made $own: docs/operating/subscribers.md says whom to tell"
