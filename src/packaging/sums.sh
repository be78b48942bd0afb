#!/bin/sh
# Gives the .deb its name, and lists the SHA-256 of what there is to publish.
#
#     sums.sh TARGET
set -eu

cd "$1/packages"
value() {
    sed -n "s/^$1: //p" control/control
}
mv lychgate.deb "lychgate_$(value Version)_$(value Architecture).deb"
sha256sum -- *.deb *.tar.gz sbom.cdx.json >SHA256SUMS
