#!/usr/bin/env bash
# Builds everything, checks the format, runs the tests; with --long those that take long too. The last lines say what the dearest test classes cost and "N passed, N failed";
# the exit code is 0 only when all is well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

usage() {
  cat <<'TEXT'
usage: ./test.sh [--long | --all-databases] [--no-format] [runner options]
  --all-databases    run on PostgreSQL what runs on SQLite otherwise: stories, kills and histories (docs/proofs.md), and nothing else
  --long             run the long tests too: kills at random, hours of virtual time, 500 histories instead of 150 (docs/proofs.md)
  --no-format        skip the format check
  --filter-class X   run one test class (also --filter-method, --filter-namespace, --filter-trait)
The whole output of the tests is kept in artifacts/test.log, what each test cost in artifacts/results, the browser's screenshots in
artifacts/screenshots. CI=true restores packages exactly as the lock files say.
TEXT
}

format=true
long=false
all_databases=false
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --no-format) format=false ;;
    --long) long=true ;;
    --all-databases) all_databases=true ;;
    -h|--help) usage; exit 0 ;;
    *) options+=("$1") ;;
  esac
  shift
done

log=artifacts/test.log
fail() { # reason: the closing line holds for a build that never reached a test, too
  echo "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

needs() { # which Debian packages the tests need and this machine lacks
  command -v curl >/dev/null || echo curl
  [ -n "${CLEANSYNC_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || echo chromium
  /usr/bin/python3 -c 'import exchangelib' 2>/dev/null || echo python3-exchangelib
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
  [ -x /usr/bin/promtool ] || echo prometheus
  /usr/bin/python3 -c 'import yaml' 2>/dev/null || echo python3-yaml
  [ -x /usr/bin/systemd-analyze ] || echo systemd
  [ -n "$(find /usr/lib -name libfaketimeMT.so.1 -print -quit 2>/dev/null)" ] || echo libfaketime
  if [ -z "$(find /usr/lib /usr/local/lib /lib -name 'libicuuc.so*' -print -quit 2>/dev/null)" ]; then
    apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -n 1 | grep . || echo libicu
  fi
}

install_needs() {
  [ "$(uname -s)" = Linux ] || return 0
  local missing as_root=()
  missing=$(needs)
  [ -n "$missing" ] || return 0
  echo "The tests need, and this machine lacks: $(echo $missing)"
  if ! command -v apt-get >/dev/null; then fail "There is no apt-get here. Install these with the system's own package manager, then run ./test.sh again."; fi
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then fail "Installing needs root. Run: sudo apt-get install -y --no-install-recommends $(echo $missing)"; fi
    as_root=(sudo -n)
  fi
  echo "Installing them with apt-get"
  mkdir -p artifacts
  if ! ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get update >artifacts/apt.log 2>&1; then
    tail -n 5 artifacts/apt.log >&2; fail "apt-get update failed; all of it is in artifacts/apt.log."
  fi
  missing=$(needs) # the names of versioned packages are known only after the update
  if ! ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>artifacts/apt.log 2>&1; then
    tail -n 5 artifacts/apt.log >&2; fail "apt-get install failed; all of it is in artifacts/apt.log."
  fi
  missing=$(needs)
  if [ -n "$missing" ]; then fail "Still missing after the installation: $(echo $missing)"; fi
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
command -v dotnet >/dev/null || fail "The .NET SDK 10 is needed: 'dotnet' was not found. See global.json for the version."
dotnet --version >/dev/null || fail "No .NET SDK that global.json accepts was found."
mkdir -p artifacts
install_needs

echo "Restoring"
locked=()
if [ "${CI:-}" = true ]; then locked=(--locked-mode); fi
dotnet restore CleanSync.sln -v quiet ${locked[@]+"${locked[@]}"} || fail "The packages could not be restored."
echo "Building"
dotnet build CleanSync.sln -c Release --no-restore -v quiet || fail "The build failed."
if $format; then
  echo "Checking the format"
  # The build holds style and analyzers already, and ArchitectureTests the order of usings.
  dotnet format whitespace CleanSync.sln --verify-no-changes --no-restore || fail "The format differs. Run: dotnet format CleanSync.sln"
fi

# What --all-databases runs on PostgreSQL, by folder of tests/EndToEndTests; docs/proofs.md says the same.
folders=(Credentials Delegates Erasures LifeCycle Model Stories)

# Whoever names what is to run gets it, however long it takes.
named=${#options[@]}
if [ "$named" -eq 0 ] && ! $all_databases; then
  options=(--filter-not-trait "Needs=mirror") # tests/debian.sh
  $long || options+=("Length=long")
fi

echo "Testing"
results=artifacts/results
rm -rf "$results"
code=0
: >"$log"
run() { # which database, then options: one run of the tests, its output on top of what is in the log
  local database=$1
  shift
  CLEANSYNC_TEST_DATABASE=$database dotnet test "$@" -c Release --no-build --ignore-exit-code 8 --results-directory "$results" \
    --report-xunit-xml 2>&1 | tee -a "$log" || code=$?
}
# 8 is "this project ran no test": right for one project under a filter. That none ran at all is found below.
stories=tests/EndToEndTests/CleanSync.EndToEndTests.csproj
if $all_databases; then
  for folder in "${folders[@]}"; do options+=(--filter-namespace "CleanSync.EndToEndTests.$folder"); done
  run postgres --project "$stories" --filter-not-trait "Database=sqlite" "${options[@]}"
else
  run sqlite --solution CleanSync.sln ${options[@]+"${options[@]}"}
  # A handful of stories a second time, on PostgreSQL, unless somebody named what is to run.
  if [ "$named" -eq 0 ]; then run postgres --project "$stories" --filter-trait "Database=both"; fi
fi

count() { awk -v key="$1:" '$1 == key && NF == 2 { n += $2 } END { print n + 0 }' "$log"; }
dearest() { # the ten classes that cost most, with the seconds of their tests; how many run side by side is not taken off
  find "$results" -name '*.xml' -exec cat {} + | LC_ALL=C awk -v RS='<test ' '
    function attribute(name,  rest) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      rest = substr($0, RSTART + length(name) + 3)
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    NR > 1 && attribute("type") != "" { seconds[attribute("type")] += attribute("time"); tests[attribute("type")]++ }
    END { for (type in seconds) printf "%8.1f s  %s (%d tests)\n", seconds[type], type, tests[type] }' | LC_ALL=C sort -rn | sed -n 1,10p
}

passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ $((passed + failed)) -eq 0 ]; then fail "No test ran."; fi
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "The runner ended with code $code although no test failed." >&2
  failed=1
fi
if [ -d "$results" ]; then echo "The dearest test classes:"; dearest; fi
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ]
