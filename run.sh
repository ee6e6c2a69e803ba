#!/usr/bin/env bash
# Builds CleanSync, starts it on SQLite beside a simulated Exchange organisation, plays the main job visibly,
# and leaves the API and Swagger UI running. --once stops everything afterwards and says by its exit code whether all arrived.
set -euo pipefail
umask 077 # calendars and keys are nobody else's to read
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() { echo "usage: ./run.sh [--once] [--port N] [--data FOLDER]   (API on N, default 5080; simulated Exchange on N+1)"; }
once=false port=5080 data=
while [ $# -gt 0 ]; do
  case $1 in
    --once) once=true; shift ;;
    --port) port=${2:?$(usage)}; shift 2 ;;
    --data) data=${2:?$(usage)}; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
case $port in ''|*[!0-9]*) echo "--port wants a number, not '$port'." >&2; exit 2 ;; esac
command -v dotnet >/dev/null || { echo "The .NET SDK 10 is needed: 'dotnet' was not found." >&2; exit 2; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

temporary=false
if [ -z "$data" ]; then
  if $once; then data=$(mktemp -d); temporary=true; else data=data; fi
fi
mkdir -p "$data"
data=$(cd "$data" && pwd)
api=http://127.0.0.1:$port exchange=http://127.0.0.1:$((port + 1))

echo "Building (the first time takes a minute)"
build() { dotnet build "$1" -c Release -v quiet --nologo >"$data/build.log" 2>&1 || { cat "$data/build.log"; exit 1; }; }
build src/Api
build tests/ExchangeSimulator

pids=()
stop() {
  trap - EXIT INT TERM
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid" 2>/dev/null || true; done
  if $temporary; then rm -rf "$data"; fi
}
trap 'stop' EXIT
trap 'exit 130' INT TERM

start() { # log, address that answers when it is up, command …
  local log=$1 probe=$2; shift 2
  "$@" >"$log" 2>&1 &
  local pid=$! n
  pids+=("$pid")
  for n in $(seq 1 300); do
    kill -0 "$pid" 2>/dev/null || { echo "It did not start:"; tail -n 20 "$log"; exit 1; }
    if answers "$probe"; then return 0; fi
    sleep 0.2
  done
  echo "$probe did not answer in a minute:"; tail -n 20 "$log"; exit 1
}
answers() { # http://host:port/path, with bash alone: a fresh machine may lack curl
  local rest=${1#http://} host path
  host=${rest%%/*} path=/${rest#*/}
  (exec 3<>"/dev/tcp/${host%:*}/${host#*:}" && printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$path" "$host" >&3 && head -n 1 <&3 | grep -q ' 200') 2>/dev/null
}
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || (exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))") 2>/dev/null; then
  echo "Port $port or $((port + 1)) is taken: choose another with --port." >&2; exit 2
fi

start "$data/exchange.log" "$exchange/sim/mailboxes" \
  dotnet tests/ExchangeSimulator/bin/Release/net10.0/CleanSync.ExchangeSimulator.dll --urls "$exchange" --mailboxes 3 --events 12 --auth basic,ntlm --demo
echo "A simulated Exchange organisation with 3 staff mailboxes runs at $exchange/EWS/Exchange.asmx"
cleansync=src/Api/bin/Release/net10.0/CleanSync.Api.dll
if ! { [ -s "$data/api-key" ] && dotnet "$cleansync" keys list "--Database:Path=$data/cleansync.db" | grep "^[^ ]*  $(cut -c 1-22 "$data/api-key")  admin      usable" >/dev/null; }; then
  dotnet "$cleansync" keys create --name run.sh --role admin --new "--Database:Path=$data/cleansync.db" >"$data/api-key.new" 2>"$data/keys.log" || { cat "$data/keys.log"; exit 1; }
  mv "$data/api-key.new" "$data/api-key"
fi
start "$data/cleansync.log" "$api/health/ready" \
  dotnet "$cleansync" "--urls=$api" "--Database:Path=$data/cleansync.db" \
  --Connection:AllowPlainHttp=true --Connection:AllowLocalAddresses=true --Notifications:Review=00:00:01 --Sync:PollInterval=00:00:02 --Scheduling:SyncHeartbeat=00:00:01
echo "CleanSync runs at $api"
echo

code=0
dotnet tests/ExchangeSimulator/bin/Release/net10.0/CleanSync.ExchangeSimulator.dll demo --api "$api" --key-file "$data/api-key" --exchange "$exchange" || code=$?
if $once || [ $code -ne 0 ]; then exit $code; fi

echo
echo "Swagger UI   $api/swagger"
echo "API key      $(cat "$data/api-key")"
echo "             of an admin; enter it under Authorize there, or send it in the header X-Api-Key. It is also in $data/api-key"
echo "Try          GET /api/v1/staff                              who is in sync"
echo "             POST /api/v1/integrations/{id}/diagnosis       the connection doctor; GET /api/v1/integrations has the id"
echo "             POST /api/v1/api-keys                          a key for the booking product, of the role Scheduler"
echo "             GET $exchange/sim/mailboxes          what Outlook has: docs/simulator.md says how to change it"
echo "Log          $data/cleansync.log"
echo "Ctrl+C stops everything; the next run keeps key and data, and the simulated Exchange begins anew."
wait
