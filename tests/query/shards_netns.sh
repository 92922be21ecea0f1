#!/usr/bin/env bash
# Do three shards in three network namespaces answer as one index, and what of one that is killed, frozen or cut off? Prints
# what each case takes. Needs root and `ip netns`; ends with status 77 (skipped) where they are not there.
# Usage: shards_netns.sh SPALTE TESTS_FOLDER
set -eu
spalte=$1 archive=$2/data/archive
work=$(mktemp -d)
tag=sp$$
cleanup() {
  for i in 0 1 2; do
    [ -s "$work/pid$i" ] && kill -KILL -- "-$(cat "$work/pid$i")" 2>/dev/null || true
    ip netns del "$tag-$i" 2>/dev/null || true
  done
  ip link del "$tag" 2>/dev/null || true
  rm -rf "$work"
}
if [ "$(id -u)" -ne 0 ] || ! command -v ip >/dev/null || ! ip netns add "$tag-0" 2>/dev/null; then
  echo "skipped: network namespaces need root and ip(8)"; rm -rf "$work"; exit 77
fi
trap cleanup EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

ip link add "$tag" type bridge && ip addr add 10.213.77.254/24 dev "$tag" && ip link set "$tag" up || { echo "skipped: no bridge"; exit 77; }
(umask 077; head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$work/secret")
"$spalte" index -q --db "$work/one" "$archive" || [ $? -eq 3 ]
echo "timeout = 1" >"$work/c.toml"
serve() { # which shard: in its namespace, in a process group of its own
  rm -f "$work/out$1"
  setsid ip netns exec "$tag-$1" "$spalte" serve --db "$work/db$1" --listen "10.213.77.1$1:7700" --secret "$work/secret" >"$work/out$1" 2>&1 &
  echo $! >"$work/pid$1"
  for _ in $(seq 100); do grep -qs listening "$work/out$1" && return; sleep .05; done
  fail "shard $1 does not listen: $(cat "$work/out$1" 2>&1)"
}
for i in 0 1 2; do
  [ "$i" = 0 ] || ip netns add "$tag-$i"
  ip link add "$tag$i" type veth peer name eth0 netns "$tag-$i"
  ip link set "$tag$i" master "$tag" up
  ip -n "$tag-$i" addr add "10.213.77.1$i/24" dev eth0
  ip -n "$tag-$i" link set eth0 up
  mkdir -p "$work/$i/archive"
done
n=0
(cd "$archive" && find . -type f | sort) | while read -r f; do
  mkdir -p "$work/$((n % 3))/archive/$(dirname "$f")"
  cp -p "$archive/$f" "$work/$((n % 3))/archive/$f"
  n=$((n + 1))
done
for i in 0 1 2; do
  "$spalte" index -q --db "$work/db$i" "$work/$i/archive" || [ $? -eq 3 ]
  printf '[[shard]]\nname = "s%s"\nat = "tcp 10.213.77.1%s:7700"\nsecret = "secret"\n' $i $i >>"$work/c.toml"
  serve $i
done

ask() { # expected status, then the command; leaves what it printed in $out and the seconds in $took
  local want=$1 got=0 begin; shift
  begin=$(date +%s.%N)
  out=$("$spalte" "$@" 2>"$work/err") || got=$?
  took=$(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }')
  [ "$got" -eq "$want" ] || fail "spalte $* ended with $got, not $want: $(cat "$work/err")"
}
all=$("$spalte" count --db "$work/one" '*')
part=$(($("$spalte" count --db "$work/db0" '*') + $("$spalte" count --db "$work/db2" '*')))
whole() { ask 0 count --cluster "$work/c.toml" '*'; [ "$out" = "$all" ] || fail "$1: $out of $all"; echo "$1: $took s"; }
partly() {
  ask 3 count --cluster "$work/c.toml" '*'
  [ "$out" = "$part" ] || fail "$1: $out, not $part"
  grep -q 'shard s1 .* is missing' "$work/err" || fail "$1: it is not said"
  echo "$1: $took s"
  ask 4 count --require-all --cluster "$work/c.toml" '*'
}
ask 0 count --db "$work/one" '*'; echo "one index: $took s"
whole "three shards"
ask 0 search --cluster "$work/c.toml" --format jsonl --collapse none -n 0 --fields id,score norge; there=$out
ask 0 search --db "$work/one" --format jsonl --collapse none -n 0 --fields id,score norge
[ "$there" = "$out" ] || fail "hits or scores differ"
kill -STOP -- "-$(cat "$work/pid1")"; partly frozen; kill -CONT -- "-$(cat "$work/pid1")"
whole "thawed"
ip link set "${tag}1" down; partly "cut off"; ip link set "${tag}1" up
sleep 1; whole "joined again"
kill -KILL -- "-$(cat "$work/pid1")"; wait "$(cat "$work/pid1")" 2>/dev/null || true; partly killed
serve 1; whole "served again"
echo passed
