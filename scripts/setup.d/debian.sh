# Debian packages, and the user whose rights the servers get when root uses Vocero.

debian_packages="ca-certificates git libcurl4-openssl-dev libgit2-dev libpq-dev libsamplerate0-dev libsndfile1-dev
	libssl-dev pkg-config python3 python3-venv"

install_debian_packages() {
	missing=
	for package in $debian_packages; do
		dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' ||
			missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	say "Installing Debian packages:$missing"
	as_root apt-get update -q >&2 || fail "apt-get update failed; see above"
	# shellcheck disable=SC2086 # a list of words
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2 ||
		fail "apt-get could not install$missing; see above"
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif sudo -n true 2>/dev/null; then
		sudo -n "$@"
	elif [ -t 0 ] && command -v sudo >/dev/null; then
		sudo "$@"
	else
		fail "needs root's rights for: $*; run that as root, then run setup again"
	fi
}

# The same choice as Sources/Services: vocero, else postgres; the engines have a user of their own in the same group. Empty
# when we are not root.
choose_server_user() {
	server_user=
	[ "$(id -u)" = 0 ] || return 0
	if ! getent passwd vocero >/dev/null; then
		say "Adding the system user vocero, who runs the servers for root."
		useradd --system --user-group --home-dir /var/lib/vocero --no-create-home --shell /usr/sbin/nologin vocero ||
			say "That failed; another unprivileged user is used."
	fi
	if getent group vocero >/dev/null && ! getent passwd vocero-engines >/dev/null; then
		say "Adding the system user vocero-engines, who runs the local models for root."
		useradd --system --gid vocero --home-dir /var/lib/vocero --no-create-home --shell /usr/sbin/nologin \
			vocero-engines || say "That failed; vocero runs them."
	fi
	for server_user in vocero postgres; do
		! getent passwd "$server_user" >/dev/null || return 0
	done
	fail "found no unprivileged user for the servers: add one with 'useradd --system vocero'"
}

as_server_user() {
	if [ -n "$server_user" ]; then
		setpriv --reuid="$server_user" --regid="$(id -g "$server_user")" --clear-groups "$@"
	else
		"$@"
	fi
}

# A data directory that is root's alone (mktemp -d makes such) is opened to the server's group, to pass through.
let_server_user_in() {
	[ -n "$server_user" ] || return 0
	! as_server_user test -x "$opt" || return 0
	chgrp "$(id -g "$server_user")" "$home" && chmod g+x "$home"
	as_server_user test -x "$opt" ||
		fail "the user $server_user cannot enter $home: set VOCERO_HOME to a directory that others may pass through"
}
