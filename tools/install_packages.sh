#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that Polder needs and that are not there yet.
# Usage: tools/install_packages.sh [build] [test] [check]      (default: build)
set -euo pipefail

build_packages="g++ cmake ninja-build ccache git pkg-config libtbb-dev libeigen3-dev libyaml-cpp-dev libhdf5-dev
  libcli11-dev libfmt-dev nlohmann-json3-dev libboost-dev libopenturns-dev"
test_packages="libgtest-dev libgmock-dev libbenchmark-dev netcdf-bin hdf5-tools python3-xarray python3-h5netcdf
  python3-netcdf4 python3-h5py slurmctld slurmd slurm-client slurm-wlm-basic-plugins"
# The report is bundled with npm and tested in a browser; any Node.js and any Chromium will do. Everything else works
# without them, so nothing stops when they cannot be had.
optional=" nodejs npm chromium "
command -v node >/dev/null || build_packages="$build_packages nodejs"
command -v npm >/dev/null || build_packages="$build_packages npm"
command -v chromium >/dev/null || test_packages="$test_packages chromium"
check_packages="clang clang-format clang-tidy libclang-rt-14-dev"

wanted=""
for set in "${@:-build}"; do
  case $set in
    build) wanted="$wanted $build_packages" ;;
    test) wanted="$wanted $test_packages" ;;
    check) wanted="$wanted $check_packages" ;;
    *) echo "install_packages.sh: unknown set '$set' (build, test or check)" >&2; exit 1 ;;
  esac
done
wanted=$(echo $wanted)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "This is no Debian system, so nothing was installed. Polder needs what these packages hold: $wanted" >&2
  exit 0
fi

missing=""
for package in $wanted; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

# Is nothing missing but what is optional? Then that is said, and all is well.
only_optional() {
  local package
  for package in $missing; do
    [[ $optional = *" $package "* ]] || return 1
  done
  echo "Going on without these packages:$missing (polder report or its test will be left out)"
}

as_root=""
if [ "$(id -u)" != 0 ]; then
  as_root=sudo
  # Without a terminal nobody can type a password.
  if ! sudo -n true 2>/dev/null && ! { [ -t 0 ] && command -v sudo >/dev/null; }; then
    only_optional && exit 0
    echo "These packages are missing, and this user may not install them. Ask an administrator to run" >&2
    echo "  apt-get install$missing" >&2
    exit 1
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=400 -qq "$@" </dev/null >"$log" 2>&1
}

echo "Installing packages:$missing"
# The package lists of a fresh machine are empty or old: they are fetched when the first attempt fails.
# shellcheck disable=SC2086
if ! apt install -y --no-install-recommends $missing; then
  apt update || cat "$log" >&2
  if ! apt install -y --no-install-recommends $missing; then
    only_optional && exit 0
    cat "$log" >&2
    echo "These packages could not be installed:$missing" >&2
    echo "Polder is made for Debian 12. Is there a network, and is the archive 'main' in apt's sources?" >&2
    exit 1
  fi
fi
