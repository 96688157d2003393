# What the repositories are made with. PLACE: a directory of the case's own, in which it is. MARK: the command that leaves
# a mark, with a word behind it. CANARY, FAKE_PG: host:port where nothing may ever come.
set -e
export GIT_AUTHOR_NAME=Zero GIT_AUTHOR_EMAIL=zero@example.org GIT_COMMITTER_NAME=Zero GIT_COMMITTER_EMAIL=zero@example.org
cd "$PLACE"
mkdir outside
printf 'private\n' >outside/private
cp -a "$BASE" repo
# Where the commands are started, the folder of prompts for the batch.
echo "$PLACE/repo" >where
cd repo

conf() { command git config "$@"; }

# A bare repository as a clone may hold it: a partial one, whose missing objects are fetched by a command.
bare() {
    mkdir -p "$1/objects/info" "$1/refs/heads"
    echo 'ref: refs/heads/main' >"$1/HEAD"
    echo 1111111111111111111111111111111111111111 >"$1/refs/heads/main"
    cat >"$1/config" <<END
[core]
	repositoryformatversion = 1
	bare = ${2-true}
	sshCommand = $MARK ssh
	fsmonitor = $MARK fsmonitor
	pager = $MARK pager
	gitProxy = $MARK proxy
[extensions]
	partialClone = origin
[remote "origin"]
	promisor = true
	url = ssh://host.invalid/x
[filter "x"]
	clean = $MARK clean
	process = $MARK process
[diff "x"]
	textconv = $MARK textconv
[vocero "chat"]
	url = http://$CANARY/v1
[vocero "database"]
	url = postgresql://u@$FAKE_PG/d
END
}

# The same keys in the repository's own configuration.
armed() {
    conf core.fsmonitor "$MARK fsmonitor"
    conf core.sshCommand "$MARK ssh"
    conf filter.x.clean "$MARK clean"
    conf filter.x.process "$MARK process"
    conf diff.x.textconv "$MARK textconv"
    conf diff.x.command "$MARK diff"
    conf diff.external "$MARK external"
}
