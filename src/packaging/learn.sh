#!/bin/sh
# Has a distribution started once, and keeps what the JVM has learned of its classes (JEP 514) in
# lib/lychgate.aot, or in another file: with it, later starts take a third less. What it has learned of
# the commands for a running portal is kept beside it (lychgate-cli.aot): a smaller file is faster to
# open. Without them all is the same, so that a machine on which the portal cannot run builds a
# distribution nevertheless. They serve only the Java, the jars and the folder that they were made for.
#
#     learn.sh [DIST [FILE]]
set -eu

cd "${1-$(dirname "$0")/..}"
cache=${2-lib/lychgate.aot} # JAVA_OPTS is split at blanks: the folder's own name may have some
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
commands=${cache%.aot}-cli.aot
rm -f "$cache" "$commands"
mkdir "$home/etc"
: >"$home/said"

JAVA_OPTS="-XX:AOTCacheOutput=$cache" bin/lychgate run --home "$home" --etc "$home/etc" \
    --set portal.interface=127.0.0.1 --set telnet.port=0 --set telnet.tls.port=0 --set ssh.port=0 \
    --set web.port=0 --set web.websocket_port=0 --set admin.port=0 >"$home/said" 2>&1 &
portal=$!
trap 'kill "$portal" 2>/dev/null; exit 1' INT TERM
tenths=0
until grep -q 'Lychgate is ready' "$home/said" || ! kill -0 "$portal" 2>/dev/null || [ "$tenths" -ge 600 ]; do
    sleep 0.1
    tenths=$((tenths + 1))
done
JAVA_OPTS="-XX:AOTCacheOutput=$commands" bin/lychgate sessions --home "$home" >/dev/null 2>&1 || true
kill "$portal" 2>/dev/null || true
wait "$portal" || true
rm -f "$cache.config" "$commands.config"
