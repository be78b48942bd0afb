#!/bin/sh
# Makes the content of the packages: the distribution with a Java runtime of its own, man pages,
# completion and the list of its parts, once as a folder that may be unpacked anywhere (tar.gz), and once
# where Debian has its files (root.tar and control/, of which the build makes the .deb). The same input
# gives the same bytes.
#
#     packages.sh TARGET VERSION TIMESTAMP
set -eu

target=$1 version=$2 timestamp=$3
here=$(CDPATH= cd -- "$(dirname "$0")" && pwd)
dist=$target/dist
work=$target/packages
umask 022

# Packs what is in a folder with sorted names, one time, and root as the owner.
#     pack FOLDER WHAT
pack() {
    tar --create --directory "$1" --sort=name --format=gnu --mtime="$timestamp" --owner=root:0 \
        --group=root:0 --mode=u=rwX,go=rX "$2"
}

rm -rf "$work/root" "$work/control" "$work"/lychgate* "$work"/root.tar

# Maven makes the list of parts only when it is online; an old one is not taken.
[ -r "$target/bom.json" ] || {
    echo "packages: there is no list of parts, which Maven makes only online: run it without -o" >&2
    exit 1
}
cp "$target/bom.json" "$work/sbom.cdx.json" # it is also installed with the jar

case $(uname -m) in
    x86_64) debian=amd64 ;;
    aarch64) debian=arm64 ;;
    *) debian=$(uname -m) ;;
esac

# The folder that runs anywhere. The class cache is of this machine and is made where it is installed.
name=lychgate-$version-linux-$debian
folder=$work/$name/$name
mkdir -p "$folder"
cp -R "$dist/." "$folder"
cp -R "$work/parts/runtime" "$folder/runtime"
rm -f "$folder/lib/lychgate.aot" "$folder/lib/lychgate-cli.aot"
install -m 0755 "$here/learn.sh" "$folder/lib/learn.sh"
mkdir "$folder/man" "$folder/completions"
cp "$work"/man/*.1 "$folder/man"
cp "$work/parts/lychgate.bash" "$folder/completions/lychgate"
cp "$work/sbom.cdx.json" "$folder/sbom.cdx.json"
pack "$work/$name" "$name" | gzip -9n >"$work/$name.tar.gz"

# The same where Debian wants it.
root=$work/root
app=$root/usr/lib/lychgate
doc=$root/usr/share/doc/lychgate
mkdir -p "$app" "$root/usr/bin" "$root/etc/lychgate" "$root/etc/default" "$doc/examples" \
    "$root/usr/lib/systemd/system" "$root/usr/share/man/man1" "$root/usr/share/bash-completion/completions"
cp -R "$folder/bin" "$folder/lib" "$folder/runtime" "$app"
cat >"$app/lib/folders" <<'FOLDERS'
# Read by bin/lychgate: where this package has data and configuration.
home=/var/lib/lychgate
etc=/etc/lychgate
FOLDERS
ln -s ../lib/lychgate/bin/lychgate "$root/usr/bin/lychgate"
find "$folder/etc" -maxdepth 1 -type f -exec cp {} "$root/etc/lychgate" \;
for extra in "$folder"/etc/*/; do
    [ "${extra%/systemd/}" != "$extra" ] || cp -R "${extra%/}" "$doc/examples"
done
cp "$here/deb/default" "$root/etc/default/lychgate"
for unit in "$folder"/etc/systemd/*.service; do
    sed -e 's|/opt/lychgate/bin/lychgate|/usr/bin/lychgate|' \
        -e 's|^Documentation=.*|Documentation=man:lychgate(1) file:///usr/share/doc/lychgate/docs/operations.md|' \
        -e 's|/opt/lychgate|/usr/lib/lychgate|' \
        "$unit" >"$root/usr/lib/systemd/system/${unit##*/}"
done
for page in "$folder"/man/*.1; do
    gzip -9n <"$page" >"$root/usr/share/man/man1/${page##*/}.gz"
done
cp "$folder/completions/lychgate" "$root/usr/share/bash-completion/completions/lychgate"
cp -R "$folder/docs" "$folder/README.md" "$folder/NOTICE" "$folder/sbom.cdx.json" "$doc"
gzip -9n <"$folder/CHANGELOG.md" >"$doc/changelog.gz"
cp "$here/deb/copyright" "$doc/copyright"
pack "$root" . >"$work/root.tar"

mkdir "$work/control"
cp "$here/deb/postinst" "$here/deb/prerm" "$here/deb/postrm" "$work/control"
sed -e "s|@version@|$version|" -e "s|@architecture@|$debian|" "$here/deb/control" >"$work/control/control"
(cd "$root" && find etc -type f | LC_ALL=C sort | sed 's|^|/|') >"$work/control/conffiles"
