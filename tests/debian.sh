#!/usr/bin/env bash
# Builds the package, installs it into an empty Debian, and does there what docs/operations.md tells an operator to do. It takes root, a
# mirror of Debian that can be reached, and some ten minutes; so it is not part of ./test.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ "$(id -u)" != 0 ]; then
  echo "It takes root, to mount /proc in the Debian that it makes and to become the service's account there. Run: sudo tests/debian.sh" >&2
  exit 2
fi
if ! command -v debootstrap >/dev/null; then
  echo "Installing debootstrap with apt-get"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap; } >/dev/null ||
    { echo "debootstrap could not be installed: nothing was tried." >&2; exit 2; }
fi
exec ./test.sh --no-format --filter-class '*DebTests'
