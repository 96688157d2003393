# What every scenario has: a git user, an editor that keeps what it was shown, and a few words for what is asked often.
# $PLACE is the scenario's directory, $REQUESTS the requests that the endpoint got (1.json, 1.txt with its messages).

export GIT_EDITOR="$PLACE/editor" GIT_AUTHOR_DATE='2026-03-01T10:00:00Z' GIT_COMMITTER_DATE='2026-03-01T10:00:00Z'
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
set -o pipefail

if [ ! -e "$PLACE/editor" ]; then
    printf '#!/bin/sh\ncp -- "$1" "$PLACE/seen"\n' >"$PLACE/editor"
    chmod +x "$PLACE/editor"
    git config --global user.name 'Author Alpha'
    git config --global user.email alpha@example.org
    git config --global init.defaultBranch main
    git config --global advice.detachedHead false
    git config --global protocol.file.allow always
    git config --global vocero.hook.deadline 20
fi

# A repository with prepare-commit-msg and one commit, `Start the parser`.
start() {
    git init -q "$@" .
    put parser.swift 'func parse() {}'
    git add . && git commit -qm 'Start the parser'
    hooks prepare-commit-msg
}

# Installs the hooks.
hooks() { "$VOCERO" hook install "$@" >/dev/null 2>"$PLACE/install.log" || { cat "$PLACE/install.log"; return 1; }; }

# put FILE LINE...: writes a file.
put() {
    mkdir -p -- "$(dirname -- "$1")"
    file=$1
    shift
    printf '%s\n' "$@" >"$file"
}

# Stages one line more in parser.swift.
edit() { echo "func parse${1-Header}() {}" >>parser.swift && git add parser.swift; }

# What the editor saw above the first comment, without empty lines at its end.
draft() { [ -e "$PLACE/seen" ] || { echo '(no editor)'; return; }; sed "/^[${1-#}]/,\$d" "$PLACE/seen" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

# The comments of ours in what the editor saw.
remarks() { grep -E '^. (Draft by vocero|Not shown)' "$PLACE/seen" || echo '(no remark)'; }

# The message of the last commit.
message() { git log -1 --format=%B "$@" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

# How often the endpoint was asked.
requests() { ls "$REQUESTS" | grep -c json; }

# The text of all requests.
sent() { cat "$REQUESTS"/*.txt; }

# What would be sent, with real line ends.
payload() { "$VOCERO" hook run prepare-commit-msg --show-payload "$@" | sed 's/\\n/\n/g; s/\\"/"/g'; }

# Waits until a command succeeds, as long as a test can.
until_true() {
    for _ in $(seq 200); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    echo "waited in vain for: $*"
    return 1
}

# The digest of what came in, once it is there.
last() { until_true "$VOCERO" hook last && "$VOCERO" hook last; }
