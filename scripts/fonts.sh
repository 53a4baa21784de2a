#!/usr/bin/env bash
# Sees to the typefaces that the scans of the benchmarks are set in (bench/scans/faces.py, bench/trust_pages/ocr.py).
# Installs what is missing where apt and rights allow it, and else says what to install. Safe to run again.
# FONTS=/folder is where they are looked for, for tests.
set -euo pipefail

root=${FONTS:-/usr/share}
# A Debian package and a file that it brings.
faces="
fonts-ebgaramond fonts/opentype/ebgaramond/EBGaramond12-Regular.otf
fonts-liberation fonts/truetype/liberation/LiberationSans-Regular.ttf
fonts-liberation-sans-narrow fonts/truetype/liberation/LiberationSansNarrow-Regular.ttf
fonts-crosextra-carlito fonts/truetype/crosextra/Carlito-Regular.ttf
fonts-crosextra-caladea fonts/truetype/crosextra/Caladea-Regular.ttf
fonts-dejavu fonts/truetype/dejavu/DejaVuSansCondensed.ttf
fonts-lato fonts/truetype/lato/Lato-Regular.ttf
fonts-open-sans fonts/truetype/open-sans/OpenSans-Regular.ttf
fonts-courier-prime fonts/opentype/courier-prime/Courier Prime.otf
fonts-texgyre texmf/fonts/opentype/public/tex-gyre/texgyrepagella-regular.otf
"

missing() {
  while read -r package file; do
    [ -z "$package" ] || [ -e "$root/$file" ] || printf '%s\n' "$package"
  done <<<"$faces"
}

# What to put before apt-get here; fails where it can't be run. A password can be asked for at a terminal only.
apt_runner() {
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -eq 0 ]; then echo env
  elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true >/dev/null 2>&1; }; then echo sudo env
  else return 1; fi
}

mapfile -t lacking < <(missing)
if [ ${#lacking[@]} -gt 0 ] && runner=$(apt_runner); then
  printf 'fonts: installing %s\n' "${lacking[*]}" >&2
  $runner DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
  $runner DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lacking[@]}" || true
  mapfile -t lacking < <(missing)
fi
if [ ${#lacking[@]} -gt 0 ]; then
  printf 'fonts: the scans are set in typefaces that are missing here, and I may not install them.\n' >&2
  printf 'fonts: On Debian or Ubuntu, as root:  apt-get update && apt-get install -y %s\n' "${lacking[*]}" >&2
  exit 1
fi
