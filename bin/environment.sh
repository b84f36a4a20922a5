# Sourced by the other scripts: makes .venv from the locked requirements, once, and says each step.
# usage: . bin/environment.sh; make_environment requirements.txt [requirements-check.txt]

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
export DJANGO_SETTINGS_MODULE=hanse.project.settings

step() { printf '› %s\n' "$*" >&2; }
stop() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }

find_python() {
  for name in "${HANSE_PYTHON:-}" python3.13 python3.12 python3.11 python3; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' 2>/dev/null &&
      { command -v "$name"; return; }
  done
  return 1
}

install() { # install REQUIREMENTS [ENVIRONMENT]
  local python=${2:-.venv}/bin/python
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$python" --require-hashes -r "$1"
  else
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
  fi
}

# Other programs that bin/bench measures beside ours. Without them their known figures are printed.
make_peers() {
  local wanted stamp=.venv-peers/.made-from
  wanted=$(cksum <requirements-peers.txt; pwd)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  step "Installing the peers that are measured, in .venv-peers (checked by hash)"
  rm -rf .venv-peers
  .venv/bin/python -m venv .venv-peers && install requirements-peers.txt .venv-peers &&
    printf '%s' "$wanted" >"$stamp" && return
  rm -rf .venv-peers
  step "The peers could not be installed; they are not measured."
}

make_environment() {
  local wanted stamp=.venv/.made-from
  wanted=$(cat "$@" pyproject.toml | cksum; pwd)
  for file in "$@"; do wanted="$wanted $file"; done
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  # An environment that holds the tools for checks can run the program as well.
  [ -f "$stamp" ] && [ "$*" = requirements.txt ] && [ -f .venv/.made-for-checks ] &&
    [ "$(cat .venv/.made-for-checks)" = "$(cat requirements.txt pyproject.toml | cksum; pwd)" ] && return
  if ! [ -x .venv/bin/python ]; then
    local python
    python=$(find_python) || stop "Hanse needs Python 3.11, 3.12 or 3.13. Install it, or name it in HANSE_PYTHON."
    step "Making the environment in .venv with $("$python" --version)"
    "$python" -m venv .venv || stop "Python could not make .venv (on Debian: install python3-venv)."
  fi
  for file in "$@"; do
    step "Installing what $file lists (checked by hash)"
    install "$file" || stop "the packages of $file could not be installed; see the lines above."
  done
  step "Installing the hanse command"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --no-index -e . || stop "the hanse command could not be installed."
  printf '%s' "$wanted" >"$stamp"
  case " $* " in
    *requirements-check.txt*) (cat requirements.txt pyproject.toml | cksum; pwd) >.venv/.made-for-checks ;;
    *) rm -f .venv/.made-for-checks ;;
  esac
}
