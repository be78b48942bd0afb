#!/bin/sh
# Has the distribution started once, and keeps what the JVM has learned of its classes (JEP 514) in
# lib/lychgate.aot: with it, later starts take a third less. Without it all is the same, so that a
# machine on which the portal cannot run builds a distribution nevertheless.
set -eu

cd "$1"
cache=lib/lychgate.aot # JAVA_OPTS is split at blanks: the folder's own name may have some
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
rm -f "$cache"
: >"$home/said"

JAVA_OPTS="-XX:AOTCacheOutput=$cache" bin/lychgate run --home "$home" --set portal.interface=127.0.0.1 \
    --set telnet.port=0 --set telnet.tls.port=0 --set ssh.port=0 --set web.port=0 --set web.websocket_port=0 \
    --set admin.port=0 >"$home/said" 2>&1 &
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
