#!/usr/bin/env bash
# Somebody else's Exchange client against the simulator: DavMail serves its calendar by CalDAV, and curl lists, creates, moves and deletes
# events there (davmail_tour.sh). Prints what was proved; the exit code is 0 only when all of it was.
set -euo pipefail
umask 077
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

if [ $# -gt 0 ]; then
  echo "usage: tests/davmail.sh   (Debian; installs davmail-server with apt-get when it is missing; takes ports that are free)"
  exit 2
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

jar=/usr/share/davmail/davmail.jar folder=$(mktemp -d) pids=()
stop() {
  trap - EXIT INT TERM
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

fail() {
  echo "failed: $1"
  if [ -s "$folder/davmail.log" ]; then
    echo "The end of DavMail's log:"
    grep -v ' DEBUG ' "$folder/davmail.log" | tail -n 20 | cut -c 1-400
  fi
  exit 1
}

is_here() { [ -f "$jar" ] && command -v java && command -v curl && command -v python3; }
install_needs() {
  local as_root=(env DEBIAN_FRONTEND=noninteractive) packages=(davmail-server curl python3)
  command -v apt-get >/dev/null || fail "DavMail is missing, and there is no apt-get here to install it."
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || fail "DavMail is missing. Run: sudo apt-get install -y --no-install-recommends ${packages[*]}"
    as_root=(sudo -n "${as_root[@]}")
  fi
  echo "Installing ${packages[*]} with apt-get"
  if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" apt-get install -y --no-install-recommends "${packages[@]}"; } >"$folder/apt.log" 2>&1; then
    tail -n 5 "$folder/apt.log"
    fail "apt-get could not install them."
  fi
  # The package starts a service of the system, which is not wanted: it holds ports of its own.
  if [ -d /run/systemd/system ]; then "${as_root[@]}" systemctl disable --now davmail-server >/dev/null 2>&1 || true; fi
  is_here >/dev/null || fail "Something is still missing: $jar, java, curl or python3."
}

until_true() { # seconds, command …
  local end=$((SECONDS + $1)); shift
  until "$@"; do
    if [ $SECONDS -ge $end ]; then return 1; fi
    sleep 0.2
  done
}

start_simulator() { # on a free port of its own choice
  echo "Building the simulator"
  if ! dotnet build tests/ExchangeSimulator -c Release -v quiet --nologo >"$folder/build.log" 2>&1; then
    tail -n 20 "$folder/build.log"
    fail "The simulator could not be built."
  fi
  dotnet tests/ExchangeSimulator/bin/Release/net10.0/CleanSync.ExchangeSimulator.dll \
    --urls http://127.0.0.1:0 --mailboxes 0 --auth basic >"$folder/exchange.log" 2>&1 &
  pids+=($!)
  if ! until_true 180 grep -q '^Control ' "$folder/exchange.log"; then
    cat "$folder/exchange.log"
    fail "The simulator did not start."
  fi
  ews=$(awk '/^EWS address/ { print $3 }' "$folder/exchange.log")
  sim=${ews%/EWS/*}/sim
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
listens() { grep -q "listening on CALDAV port $port" "$folder/davmail.log" 2>/dev/null; }
is_decided() {
  listens || ! kill -0 "$davmail" 2>/dev/null ||
    grep -qi 'unable to bind\|already in use' "$folder/davmail.log" "$folder/davmail.out" 2>/dev/null
}

start_davmail() { # a port may be taken between the question and the answer: then another one
  local try
  for try in 1 2 3 4 5; do
    port=$(free_port)
    cat >"$folder/davmail.properties" <<TEXT
davmail.server=true
davmail.mode=EWS
davmail.url=$ews
davmail.caldavPort=$port
davmail.imapPort=
davmail.ldapPort=
davmail.popPort=
davmail.smtpPort=
davmail.allowRemote=false
davmail.bindAddress=127.0.0.1
davmail.disableUpdateCheck=true
davmail.ssl.nosecurecaldav=false
davmail.logFilePath=$folder/davmail.log
davmail.logFileSize=0
log4j.rootLogger=WARN
log4j.logger.davmail=DEBUG
log4j.logger.httpclient.wire=WARN
TEXT
    java "-Duser.home=$folder" -jar "$jar" -server "$folder/davmail.properties" >"$folder/davmail.out" 2>&1 &
    davmail=$!
    pids+=("$davmail")
    until_true 180 is_decided || true
    if listens; then return 0; fi
    kill "$davmail" 2>/dev/null || true
    wait "$davmail" 2>/dev/null || true
    rm -f "$folder/davmail.log"
  done
  tail -n 20 "$folder/davmail.out"
  fail "DavMail did not start in $try tries."
}

is_here >/dev/null || install_needs
command -v dotnet >/dev/null || fail "The .NET SDK 10 is needed: 'dotnet' was not found."
start_simulator
start_davmail
. tests/davmail_tour.sh
version=$(sed -n 's/.*DavMail Gateway \([^ ]*\) listening.*/\1/p' "$folder/davmail.log" | head -n 1)
echo "davmail done: $proved proved, with DavMail $version"
