#!/usr/bin/env bash
# Makes the users `writer` (appends and reads) and `reader` (only reads), and the default access list that tells them
# apart. Repeated safely: a user that is there keeps its password. See README.md.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# The repository brings the Node that it needs; what is in the path may be older.
node=$here/../../node_modules/node/bin/node
[ -x "$node" ] || { echo "first npm ci, which brings Node and the packages that this script needs" >&2 && exit 1; }

server=${EVENTSTORE:?address of the server, https://127.0.0.1:2113}
# In quotes, as JSON and curl both want it.
quoted() {
  "$node" -p 'JSON.stringify(require("fs").readFileSync(process.argv[1],"utf8").trim())' "$1"
}
admin_password=$(quoted "${ADMIN_PASSWORD_FILE:?file with the password of admin}")
ca=(${CA:+--cacert "$CA"})

# The password goes by a file of settings and not by the arguments, which every process of the machine may read.
ask() {
  curl --silent --show-error --config <(printf 'user = "admin:%s\n' "${admin_password#\"}") "${ca[@]}" \
    --header 'Content-Type: application/json' "$@"
}

make_user() {
  local name=$1 group=$2 password_file=$3 status
  status=$(
    ask --output /dev/null --write-out '%{http_code}' --data @- "$server/users/" < <(
      printf '{"loginName":"%s","fullName":"Safar %s","groups":["%s"],"password":%s}' \
        "$name" "$name" "$group" "$(quoted "$password_file")"
    )
  )
  case $status in
    201) echo "made $name" ;;
    409) echo "$name is there already" ;;
    *) echo "$name was not made: the server answered $status" >&2 && exit 1 ;;
  esac
}

make_user writer writers "${WRITER_PASSWORD_FILE:?file with the password of writer}"
make_user reader readers "${READER_PASSWORD_FILE:?file with the password of reader}"

# Deleting and changing access lists stays with the administrators.
"$node" "$here/src/main.ts"
echo "only writers append; writers and readers read"
