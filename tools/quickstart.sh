#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 to the first what-if: installs what is missing, builds Polder, runs the Dutch ecosystem with and
# without two packages of the National Growth Fund, and makes a report of it. Takes some minutes, most of them for the build.
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in
  "") ;;
  -h | --help) sed -n '3,4s/^# //p' "$0"; exit 0 ;;
  *) echo "tools/quickstart.sh takes no arguments; 'build/release/polder whatif --help' shows how to run your own" >&2; exit 1 ;;
esac

echo "1/4 Packages"
tools/install_packages.sh build
echo "2/4 Build"
mkdir -p build
cmake --preset release -DPOLDER_TESTS=OFF -DPOLDER_BENCH=OFF -DPOLDER_UNITY=ON >build/quickstart.log 2>&1 || { cat build/quickstart.log; exit 1; }
cmake --build build/release --target polder
echo "3/4 What would two packages of the Growth Fund add, from 2020 to 2030?"
# One real firm or person in twenty, 24 runs of each arm: two or three minutes on two cores, and enough for intervals
# that say something. More --replicates narrow them; --scale 0.1 is the scale the scenario was made for.
whatif=(build/release/polder whatif scenarios/nl-2020.yaml
  scenarios/policies/growth-fund-photonics.yaml scenarios/policies/growth-fund-quantum.yaml
  --scale 0.05 --replicates 24 --until 2030-12 --years 2025,2030 -o build/growth-fund.h5)
echo "${whatif[*]}"
echo
"${whatif[@]}" --progress
echo
echo "4/4 The report"
# Without Node.js and npm Polder is built without the page, and says so; everything else works.
if build/release/polder report build/growth-fund.h5 -o build/growth-fund.html --quiet; then
  echo "The report is in $PWD/build/growth-fund.html: open it in a browser. It works offline and can be sent as it is."
fi
cat <<'END'

What next:
  build/release/polder report build/growth-fund.h5 --lang nl            the report in Dutch; --format csv or svg for tables and charts
  build/release/polder compare build/growth-fund.h5 --years 2022-2030   the same result, other years
  ncdump -h build/growth-fund.h5                                        what the file holds (Python: xarray.open_dataset)
  build/release/polder describe                                         mechanisms, kinds, forms, functions
Change a number in scenarios/policies/growth-fund-photonics.yaml and run the command above again.
END
