#!/bin/sh
# Puts the start script into a distribution, with the names of the jars that it starts: those of this
# build. A folder that held another version before may keep that one's jars; here they are removed.
#
#     name-jars.sh DIST JAR CLASSPATH
set -eu

here=$(CDPATH= cd -- "$(dirname "$0")" && pwd)
lib=$1/lib
names=$2
IFS=:
for entry in $3; do
    case $entry in
        *.jar) names="$names ${entry##*/}" ;;
    esac
done
unset IFS

for name in $names; do
    [ -r "$lib/$name" ] || {
        echo "$lib/$name is missing: the distribution is not complete" >&2
        exit 1
    }
done
for jar in "$lib"/*.jar; do
    case " $names " in
        *" ${jar##*/} "*) ;;
        *) rm -f "$jar" ;;
    esac
done

mkdir -p "$1/bin"
sed "s|@jars@|$names|" "$here/bin/lychgate" >"$1/bin/lychgate"
chmod 0755 "$1/bin/lychgate"
