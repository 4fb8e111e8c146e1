#!/usr/bin/env bash
# Makes everything secret that infra/compose.yaml names, for a trial on a machine of one's own: random passwords, keys,
# an authority for development with certificates, users and rights of NATS. Needs openssl, and npm with this
# repository's packages for the part of NATS.
#   [NATS_HOSTS="nats.example …"] bash infra/make-development-secrets.sh FOLDER [SUBSCRIBER…]
# Subscribers outside come in by infra/add-subscriber.sh, now or later; NATS_HOSTS are names, beside localhost, by which
# they reach this machine. FOLDER lies outside any git repository and is not written over. docs/operating/cluster-compose.md goes on from here.
set -euo pipefail

[ $# -ge 1 ] || { echo "usage: make-development-secrets.sh FOLDER [SUBSCRIBER…]" >&2 && exit 2; }
subscribers=("${@:2}")
infra=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
services=(registration training selection visa-docs departure placement-confirmation insurance-compensation
  situation-center audit)

if [ -e "$1" ]; then
  echo "$1 is there already, and nothing in it is written over: name a folder that is not there yet" >&2
  exit 1
fi
parent=$(cd "$(dirname "$1")" && pwd) || exit 1
for ((at = 1; at; )); do
  if [ -e "${place=$parent}/.git" ]; then
    echo "$1 would lie in the git repository at $place: secrets belong outside of it" >&2
    exit 1
  fi
  [ "$place" != / ] || at=0
  place=$(dirname "$place")
done

umask 077
# Put in its place when it is whole, so that what is there is never half of it.
folder=$parent/$(basename "$1")
draft=$folder.part
mkdir "$draft"
trap 'rm -rf "$draft"' EXIT

# Letters and digits alone: they stand in addresses too.
password() { openssl rand -hex 24; }

# The key that infra/compose.yaml's processes open the vault with: 32 bytes, as packages/vault reads it.
openssl rand -base64 32 >"$draft/master-key"
for name in postgres-password oidc-client-secret eventstore-admin-password eventstore-writer-password \
  eventstore-reader-password; do password >"$draft/$name"; done
files_secret=$(password)
echo "safar:$files_secret" >"$draft/files-credentials"
printf '{"identities":[{"name":"safar","credentials":[{"accessKey":"safar","secretKey":"%s"}],"actions":["Admin","Read","Write","List"]}]}\n' \
  "$files_secret" >"$draft/files-config"

# One authority for EventStoreDB and NATS.
bash "$infra/eventstoredb/make-certificates.sh" "$draft/eventstore" \
  eventstore eventstore-2 eventstore-3 localhost 127.0.0.1
mkdir -p "$draft/nats/tls" "$draft/roots" "$draft/nats-server/tls"
mv "$draft/eventstore/ca.pem" "$draft/eventstore/ca-key.pem" "$draft/nats/tls/"
cp "$draft/nats/tls/ca.pem" "$draft/roots/ca.pem"
read -ra hosts <<<"nats localhost 127.0.0.1 ${NATS_HOSTS:-}"
arguments=(--listen=0.0.0.0:4222 "${hosts[@]/#/--host=}" --server-folder=/etc/nats --server-store=/data
  --sync-interval=always --monitor=127.0.0.1:8222)
npm --prefix "$infra/.." run --silent -w infra/nats credentials -- --to "$draft/nats" "${arguments[@]}" >/dev/null
# For infra/add-subscriber.sh, which makes the configuration once more.
printf '%s\n' "${arguments[@]}" >"$draft/nats/arguments"

# Each process gets what is its own, and the server what a server needs: nobody's seeds.
for name in relay "${services[@]}"; do
  own=$draft/nats-$name
  mkdir "$own"
  cp "$draft/nats/creds/$name.nk" "$own/credentials"
  cp "$draft/nats/tls/$name.pem" "$own/certificate"
  cp "$draft/nats/tls/$name-key.pem" "$own/key"
  cp "$draft/nats/tls/ca.pem" "$own/ca"
done
cp "$draft/nats/"*.conf "$draft/nats-server/"
cp "$draft/nats/tls/"{ca,server,server-key}.pem "$draft/nats-server/tls/"

address() {
  local user=$1 hosts=$2
  printf 'esdb://%s:%s@%s?tls=true&tlsCAFile=/run/secrets/ca' \
    "$user" "$(cat "$draft/eventstore-$user-password")" "$hosts"
}
settings() {
  local hosts=$1
  cat <<END
SAFAR_SECRETS=$folder
EVENTSTORE_URL=$(address writer "$hosts")
EVENTSTORE_READER_URL=$(address reader "$hosts")
EVENTSTORE_ADMIN_PASSWORD=$(cat "$draft/eventstore-admin-password")
END
}
settings eventstore:2113 >"$draft/one.env"
settings eventstore:2113,eventstore-2:2113,eventstore-3:2113 >"$draft/three.env"
for subscriber in "${subscribers[@]}"; do bash "$infra/add-subscriber.sh" "$draft" "$subscriber" >/dev/null; done

# A process in a container reads its files under another user id than the one who made them. Nobody else on this
# machine comes to them: the folder around them is closed.
chmod -R a+rX "$draft"
chmod -R go-rwx "$draft/nats"
chmod 700 "$draft"
chmod 600 "$draft/one.env" "$draft/three.env"
mv "$draft" "$folder"
trap - EXIT
echo "made $folder: start with docker compose --env-file $folder/one.env -p safar -f infra/compose.yaml up"
