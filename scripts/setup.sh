#!/usr/bin/env bash
# Makes the machine ready: Tesseract with Swedish and English, and the locked Python packages in .venv.
# Safe to run again: what is there already is left alone. PYTHON=... chooses the interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/.setup-done
needed="tesseract-ocr tesseract-ocr-swe tesseract-ocr-eng tesseract-ocr-osd"

say() { printf 'setup: %s\n' "$*" >&2; }

has_languages() {
  local known
  known=$(tesseract --list-langs 2>/dev/null) || return 1
  for language in "$@"; do grep -qx "$language" <<<"$known" || return 1; done
}

# A python3 of at least 3.11; with "venv", one that can also make environments.
find_python() {
  local code='import sys; assert sys.version_info >= (3, 11)'
  if [ "${1:-}" = venv ]; then code+='; import ensurepip, venv'; fi
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$candidate" -c "$code" 2>/dev/null; then command -v "$candidate"; return; fi
  done
  return 1
}

# Prints what to put before apt-get here, or fails where it can't be run. A password can be asked for at a terminal only.
apt_runner() {
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -eq 0 ]; then echo env
  elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true >/dev/null 2>&1; }; then echo sudo env
  else return 1; fi
}

advise() {
  say "$1"
  if [ "$(uname -s)" = Darwin ]; then
    say 'With Homebrew: brew install tesseract tesseract-lang python@3.12'
  else
    say "On Debian or Ubuntu, as root:  apt-get update && apt-get install -y $needed python3-venv"
    say 'On Fedora, as root:  dnf install -y tesseract tesseract-langpack-swe tesseract-langpack-eng tesseract-osd python3'
  fi
  say 'Where the system has an older Python only, take one from python.org or pyenv: PYTHON=/path/to/python3.12 make setup'
  say 'Then run make setup again.'
  exit 1
}

install_system_packages() {
  local missing=() runner
  has_languages swe eng osd || read -ra missing <<<"$needed"
  find_python venv >/dev/null || missing+=(python3 python3-venv)
  [ ${#missing[@]} -gt 0 ] || return 0
  if runner=$(apt_runner); then
    say "installing ${missing[*]}"
    $runner DEBIAN_FRONTEND=noninteractive apt-get update -qq
    $runner DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  fi
  has_languages swe eng || advise 'Tesseract with Swedish (swe) and English (eng) is missing, and I may not install it here.'
  has_languages osd || say 'tesseract has no osd data: pages that lie on their side will not be turned'
  if ! find_python >/dev/null; then advise 'Python 3.11 or newer is missing.'; fi
  find_python venv >/dev/null || advise 'This Python cannot make virtual environments (no venv or ensurepip).'
}

# What .venv was made from; another place, lock or project file means installing again.
fingerprint() { { pwd; cat requirements.lock pyproject.toml scripts/setup.sh; } | cksum; }

# Whether .venv was made here (its scripts name their place) by an interpreter that still works.
sound() {
  grep -qF "$PWD/.venv" .venv/bin/activate 2>/dev/null &&
    .venv/bin/python -c 'import sys, pip; assert sys.version_info >= (3, 11)' 2>/dev/null
}

install_python_packages() {
  local python
  if [ -e .venv ] && ! sound; then
    say '.venv is broken or comes from another place: making it anew'
    rm -rf .venv
  fi
  if [ ! -e .venv ]; then
    python=$(find_python venv)
    say "making .venv with $("$python" --version) ($python)"
    "$python" -m venv .venv
  fi
  rm -f "$stamp"
  say 'installing the packages of requirements.lock (some minutes the first time)'
  .venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
  .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
  # Where the environment keeps Python from doing it, each start would compile pandas and spaCy anew.
  .venv/bin/python -m compileall -q -j 0 .venv/lib pipeline >/dev/null || say 'some modules could not be compiled ahead'
  fingerprint >"$stamp"
}

install_system_packages
if [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint)" ] && sound; then
  say 'ready'
else
  install_python_packages
  say 'done'
fi
