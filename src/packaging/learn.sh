#!/bin/sh
# Has a distribution started once, and keeps what the JVM has learned of its classes (JEP 514) in
# lib/lychgate.aot, or in another file: with it, later starts take a third less. Without it all is the
# same, so that a machine on which the portal cannot run builds a distribution nevertheless. The cache
# serves only the Java, the jars and the folder that it was made for.
#
#     learn.sh [DIST [FILE]]
set -eu

cd "${1-$(dirname "$0")/..}"
cache=${2-lib/lychgate.aot} # JAVA_OPTS is split at blanks: the folder's own name may have some
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
rm -f "$cache"
mkdir "$home/etc"
: >"$home/said"

JAVA_OPTS="-XX:AOTCacheOutput=$cache" bin/lychgate run --home "$home" --etc "$home/etc" \
    --set portal.interface=127.0.0.1 --set telnet.port=0 --set telnet.tls.port=0 --set ssh.port=0 \
    --set web.port=0 --set web.websocket_port=0 --set admin.port=0 >"$home/said" 2>&1 &
portal=$!
trap 'kill "$portal" 2>/dev/null; exit 1' INT TERM
tenths=0
until grep -q 'Lychgate is ready' "$home/said" || ! kill -0 "$portal" 2>/dev/null || [ "$tenths" -ge 300 ]; do
    sleep 0.1
    tenths=$((tenths + 1))
done
bin/lychgate status --home "$home" >/dev/null 2>&1 || true
kill "$portal" 2>/dev/null || true
wait "$portal" || true
rm -f "$cache.config"
