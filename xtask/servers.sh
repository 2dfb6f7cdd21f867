#!/usr/bin/env bash
# Starts servers that nobody here wrote, each on loopback with a data folder that is removed; drives them with clients
# that are generated of their own documents (servers/NAME.rs), and holds them to these documents.
# Usage: servers.sh TESTER GENERATOR [jupyter|alertmanager|prefect]…     (the programs bindery-contract and xtask)
# ONLY=client and ONLY=contract leave the other out.
# What each of them is found to do is told in docs/servers.md.
set -uo pipefail

tester=$1 generator=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- jupyter alertmanager prefect

bounds=(--max-cases 10 --max-time "${MAX_TIME:-60}" --rate 200 --wait 90)
folder=$(mktemp -d)
server=
# The server is ours, so it is ended by its number; then nothing writes to the folder any more.
trap 'stop; rm -rf "$folder"' EXIT

# Asks the server to end; one that does not within five seconds is ended.
stop() {
    [ -n "$server" ] || return
    kill "$server" 2>/dev/null
    for _ in $(seq 50); do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start COMMAND…: in the background, in a folder of its own that is its home as well.
start() {
    mkdir -p "$folder/$name"
    (cd "$folder/$name" && HOME=$PWD exec "$@" >log 2>&1) &
    server=$!
}

missing() {
    echo "$name: not installed; $1"
    result=2
}

# await URL: until the server answers there, whatever it says.
await() {
    curl --silent --output /dev/null --retry 90 --retry-delay 1 --retry-connrefused "$1" ||
        { tail -n 5 "$folder/$name/log"; result=2; }
}

# drive DOCUMENT URL ARGUMENT…: generates the client, and runs the program that uses it.
drive() {
    [ "${ONLY:-client}" = client ] || return
    local document=$1 program=$folder/$name.program
    shift
    echo "== $name: its client"
    mkdir -p "$program/src"
    cp "$here/servers/$name.rs" "$program/src/main.rs"
    cp "$here/servers/$name".*.yaml "$program" 2>/dev/null
    # The versions of the workspace are there already, so that nothing is fetched.
    cp "$here/../Cargo.lock" "$program"
    {
        printf '[[client]]\ndocument = "%s"\noutput = "client"\npackage = "%s"\n' "$document" "$name"
        cat "$here/servers/$name.toml" 2>/dev/null
    } >"$program/bindery.toml"
    printf '%s\n' '[package]' "name = \"drive-$name\"" 'edition = "2024"' '[dependencies]' \
        "$name = { path = \"client\" }" 'tokio = { version = "1", features = ["macros", "rt", "time"] }' \
        '[workspace]' 'members = ["client"]' >"$program/Cargo.toml"
    (
        cd "$program" && "$generator" codegen >codegen.log 2>&1 || { tail -n 20 codegen.log; exit 2; }
        export CARGO_TARGET_DIR=$here/../target/servers
        cargo run --quiet -- "$@" && echo "  all went well"
    ) || result=2
}

# try DOCUMENT URL OPTION…: one run of the tester.
try() {
    [ "${ONLY:-contract}" = contract ] || { stop; return; }
    local document=$1 url=$2
    shift 2
    echo "== $name"
    "$tester" run --spec "$document" --base-url "$url" "${bounds[@]}" "$@"
    local code=$?
    [ "$code" -ne 2 ] || { tail -n 5 "$folder/$name/log"; }
    [ "$code" -le "$result" ] || result=$code
    stop
}

jupyter() {
    local python document port
    python=$(command -v jupyter-server) || { missing "pip install jupyter-server"; return; }
    # The interpreter that the program starts with has the package.
    python=$(sed -n '1s/^#!//p' "$python")
    document=$("$python" -c 'import jupyter_server, os; print(os.path.dirname(jupyter_server.__file__))')
    port=$(free_port)
    start jupyter-server --allow-root --no-browser --ip 127.0.0.1 --port "$port" --IdentityProvider.token=bindery
    await "http://127.0.0.1:$port/api"
    drive "$document/services/api/api.yaml" "http://127.0.0.1:$port" bindery
    try "$document/services/api/api.yaml" "http://127.0.0.1:$port" --header 'Authorization: token bindery'
}

alertmanager() {
    command -v prometheus-alertmanager >/dev/null || { missing "apt-get install prometheus-alertmanager"; return; }
    local port
    port=$(free_port)
    printf 'route: {receiver: none}\nreceivers: [{name: none}]\n' >"$folder/alertmanager.yml"
    # The document is part of the program, as text.
    python3 - "$(command -v prometheus-alertmanager)" >"$folder/alertmanager.json" <<'PYTHON'
import json, re, sys
program = open(sys.argv[1], "rb").read()
start = re.search(rb'\{\s*"consumes"', program).start()
text = program[start:start + 1_000_000].decode("utf-8", "replace")
print(json.dumps(json.JSONDecoder().raw_decode(text)[0], indent=1))
PYTHON
    start prometheus-alertmanager --config.file="$folder/alertmanager.yml" --storage.path=data \
        --web.listen-address="127.0.0.1:$port" --cluster.listen-address=
    await "http://127.0.0.1:$port/api/v2/status"
    drive "$folder/alertmanager.json" "http://127.0.0.1:$port/api/v2"
    try "$folder/alertmanager.json" "http://127.0.0.1:$port/api/v2"
}

prefect() {
    type -P prefect >/dev/null || { missing "pip install prefect"; return; }
    local port
    port=$(free_port)
    start "$(type -P prefect)" server start --host 127.0.0.1 --port "$port" --no-ui
    curl --silent --fail --retry 90 --retry-delay 1 --retry-connrefused --output "$folder/prefect.json" \
        "http://127.0.0.1:$port/openapi.json" || { tail -n 5 "$folder/prefect/log"; result=2; stop; return; }
    drive "$folder/prefect.json" "http://127.0.0.1:$port/api"
    # Any other text in this header is refused by every operation, which would hide all else.
    try "$folder/prefect.json" "http://127.0.0.1:$port/api" --header 'x-prefect-api-version: 0.8.4'
}

result=0
for name; do
    case $name in
        jupyter | alertmanager | prefect) "$name" ;;
        *) echo "$name: no such server; there are jupyter, alertmanager and prefect"; result=2 ;;
    esac
done
exit "$result"
