#!/usr/bin/env bash
# Makes a certificate authority for development, and the certificate that the nodes of one EventStoreDB share: nodes know
# each other by its common name. Needs openssl alone.
#   bash make-certificates.sh FOLDER HOST…      the names and addresses under which clients and nodes reach a node
# An authority that is there already stays; a node certificate is never written over. See README.md.
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: make-certificates.sh FOLDER HOST…" >&2 && exit 2; }
folder=$1
shift
# What Safar's own certificates for development live, infra/nats: two years and a quarter.
days=825
umask 077
mkdir -p "$folder"
[ ! -e "$folder/node.pem" ] || { echo "$folder/node.pem is there already: delete it to have a new one" >&2 && exit 1; }

# What openssl says of its progress is of no use; what it complains about is.
quietly() {
  local said
  said=$("$@" 2>&1) || { echo "$said" >&2 && exit 1; }
}

if [ ! -e "$folder/ca.pem" ]; then
  quietly openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days "$days" \
    -subj "/CN=Safar development CA, not for production" \
    -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$folder/ca-key.pem" -out "$folder/ca.pem"
fi

alternatives=
for host in "$@"; do
  case $host in
    *:* | *[0-9].[0-9]*) kind=IP ;;
    *) kind=DNS ;;
  esac
  alternatives+="${alternatives:+,}$kind:$host"
done
printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature,keyEncipherment' \
  'extendedKeyUsage=serverAuth,clientAuth' "subjectAltName=$alternatives" >"$folder/node.ext"
quietly openssl req -newkey rsa:3072 -nodes -sha256 -subj "/CN=eventstoredb-node" \
  -keyout "$folder/node-key.pem" -out "$folder/node.csr"
quietly openssl x509 -req -sha256 -days "$days" -in "$folder/node.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca-key.pem" \
  -CAcreateserial -extfile "$folder/node.ext" -out "$folder/node.pem"
rm "$folder/node.csr" "$folder/node.ext"
