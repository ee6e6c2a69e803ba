#!/usr/bin/env bash
# Builds cleansync_VERSION_ARCHITECTURE.deb into a folder (default: artifacts). What the runtime loads is named by hand in
# deploy/debian/control: dh_shlibdeps would ask for a tracing library that current releases do not have, and miss ICU. Nothing is stripped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-artifacts}
mkdir -p "$out"
out=$(cd "$out" && pwd)
architecture=$(dpkg --print-architecture)
case $architecture in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "There is no .NET runtime for $architecture." >&2; exit 2 ;; esac
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# In a copy: a publish for one platform rewrites lock files and what is below obj.
mkdir "$work/tree" "$work/root"
tar -c --exclude=bin --exclude=obj --exclude=packages.lock.json \
  src Directory.Build.props Directory.Packages.props BannedSymbols.txt global.json .editorconfig THIRD-PARTY-NOTICES.md docs/operations.md | tar -x -C "$work/tree"
root=$work/root
(cd "$work/tree" && CI='' dotnet publish src/Api -c Release -r "$rid" --self-contained -p:RunAnalyzers=false -p:DebugType=none \
  -p:GenerateDocumentationFile=false -p:UseAppHost=true -nodeReuse:false -v quiet --nologo -o "$root/usr/lib/cleansync")
rm -f "$root/usr/lib/cleansync/appsettings.json" "$root/usr/lib/cleansync/createdump" "$root/usr/lib/cleansync/libcoreclrtraceptprovider.so"

install -D -m 755 deploy/debian/cleansync "$root/usr/bin/cleansync"
install -D -m 644 deploy/debian/appsettings.json "$root/etc/cleansync/appsettings.json"
install -D -m 644 deploy/systemd/cleansync.service "$root/usr/lib/systemd/system/cleansync.service"
install -D -m 644 deploy/systemd/cleansync.sysusers "$root/usr/lib/sysusers.d/cleansync.conf"
install -D -m 644 deploy/systemd/cleansync.tmpfiles "$root/usr/lib/tmpfiles.d/cleansync.conf"
install -d "$root/usr/share/doc/cleansync"
install -m 644 THIRD-PARTY-NOTICES.md docs/operations.md deploy/debian/copyright "$root/usr/share/doc/cleansync/"
printf 'cleansync (%s) stable; urgency=medium\n\n  * This version.\n\n -- CleanSync packages <packages@cleansync.example>  Thu, 01 Jan 1970 00:00:00 +0000\n' "$version" |
  gzip -9n >"$root/usr/share/doc/cleansync/changelog.gz"
install -m 644 -D -t "$root/usr/share/doc/cleansync/monitoring" deploy/monitoring/*
find "$root" -type d -exec chmod 755 {} + -o -type f -path '*/usr/lib/cleansync/*' -exec chmod 644 {} +
chmod 755 "$root/usr/lib/cleansync/CleanSync.Api"

install -d "$root/DEBIAN"
install -m 755 deploy/debian/postinst deploy/debian/prerm deploy/debian/postrm "$root/DEBIAN/"
echo /etc/cleansync/appsettings.json >"$root/DEBIAN/conffiles"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$root" | cut -f1)/" \
  deploy/debian/control >"$root/DEBIAN/control"
(cd "$root" && find usr etc -type f -exec md5sum {} + >DEBIAN/md5sums)
dpkg-deb --root-owner-group --build "$root" "$out/cleansync_${version}_$architecture.deb" >/dev/null
echo "$out/cleansync_${version}_$architecture.deb"
