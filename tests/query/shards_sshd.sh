#!/usr/bin/env bash
# Do three shards behind a real sshd answer as one index, and what if it is frozen or gone? Prints what each case takes. The
# sshd is one of our own, on a loopback port with keys that are thrown away. Ends with status 77 (skipped), and a reason,
# where sshd is not installed (apt install openssh-server).
# Usage: shards_sshd.sh SPALTE TESTS_FOLDER
set -eu
spalte=$(realpath "$1") archive=$2/data/archive
sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || { echo "skipped: sshd is not installed (openssh-server)"; exit 77; }
ssh=$(command -v ssh) || { echo "skipped: ssh is not installed (openssh-client)"; exit 77; }
work=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || { kill -CONT "$server"; kill "$server"; } 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

for key in host user; do ssh-keygen -q -t ed25519 -N '' -f "$work/$key"; done
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd # where sshd, run by root, wants to lock itself in
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/sshd_config" <<END
ListenAddress 127.0.0.1:$port
HostKey $work/host
AuthorizedKeysFile $work/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
END
cat >"$work/ssh_config" <<END
Host arkiv*
  HostName 127.0.0.1
  Port $port
  User $(id -un)
  IdentityFile $work/user
  IdentitiesOnly yes
  UserKnownHostsFile $work/known
  StrictHostKeyChecking yes
  HostKeyAlias arkiv
END
echo "arkiv $(cat "$work/host.pub")" >"$work/known"
mkdir "$work/bin"
printf '#!/bin/sh\nexec %s -F %s "$@"\n' "$ssh" "$work/ssh_config" >"$work/bin/ssh"
# The far side's environment is its own: what is run there finds the program's data itself.
printf '#!/bin/sh\nSPALTE_DATA=%s exec %s "$@"\n' "${SPALTE_DATA:-}" "$spalte" >"$work/bin/far-spalte"
chmod +x "$work/bin/ssh" "$work/bin/far-spalte"
PATH=$work/bin:$PATH
start() {
  "$sshd" -f "$work/sshd_config" -D -e 2>"$work/sshd.log" &
  server=$!
  for _ in $(seq 100); do ssh arkiv0 true 2>/dev/null && return; sleep .05; done
  fail "sshd does not answer: $(cat "$work/sshd.log")"
}
start

"$spalte" index -q --db "$work/one" "$archive" || [ $? -eq 3 ]
echo "timeout = 3" >"$work/remote.toml"
for i in 0 1 2; do
  printf '[[shard]]\nname = "s%s"\nat = "db%s"\n' $i $i >>"$work/local.toml"
  if [ $i = 0 ]; then at="$work/db0"; more=; else at="ssh arkiv$i $work/db$i"; more="program = \"$work/bin/far-spalte\""; fi
  printf '[[shard]]\nname = "s%s"\nat = "%s"\n%s\n' $i "$at" "$more" >>"$work/remote.toml"
done
"$spalte" index -q --cluster "$work/local.toml" "$archive" || [ $? -eq 3 ]

ask() { # expected status, then the command; leaves what it printed in $out and the seconds in $took
  local want=$1 got=0 begin; shift
  begin=$(date +%s.%N)
  out=$("$spalte" "$@" 2>"$work/err") || got=$?
  took=$(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }')
  [ "$got" -eq "$want" ] || fail "spalte $* ended with $got, not $want: $(cat "$work/err")"
}
all=$("$spalte" count --db "$work/one" '*')
part=$("$spalte" count --db "$work/db0" '*')
for what in "count *" "search norge -n 0 --format jsonl --fields id,score,snippet" "facets source,year --format csv" \
  "timeline norge --format csv" "actors --format csv --top 0" "quotes norge -n 0 --format csv" "dups -n 0 --format csv"; do
  set -f; set -- $what; set +f
  ask 0 "$1" --db "$work/one" "${@:2}"; one=$out one_took=$took
  ask 0 "$1" --cluster "$work/remote.toml" "${@:2}"
  [ "$out" = "$one" ] || fail "$what: another answer than one index gives"
  echo "$what: one index $one_took s, two of three shards behind ssh $took s"
done
missing() { # what, status of the whole
  ask 3 count --cluster "$work/remote.toml" '*'
  [ "$out" = "$part" ] || fail "$1: $out, not $part of $all"
  grep -q 'shard s1 .* is missing' "$work/err" && grep -q 'shard s2 .* is missing' "$work/err" || fail "$1: it is not said"
  echo "$1: $took s"
  ask 4 count --require-all --cluster "$work/remote.toml" '*'
}
kill -STOP "$server"; missing "sshd frozen, time-out 3 s"; kill -CONT "$server"
ask 0 count --cluster "$work/remote.toml" '*'; echo "thawed: $took s"
kill "$server"; wait "$server" 2>/dev/null || true; server=; missing "sshd gone"
start; ask 0 count --cluster "$work/remote.toml" '*'; echo "back: $took s"
echo "another key" >"$work/user.pub"; missing "key refused"
echo passed
