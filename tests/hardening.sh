#!/usr/bin/env bash
# Was the program linked so that a mistake in it is hard to use? Usage: hardening.sh PROGRAM [fortified]
# Position-independent, relocations read-only before main, no executable stack, stack protector, no path to libraries of its
# own; "fortified": checked calls of libc as well (builds that are optimised and have no sanitizer).
set -u
program=$1
status=0
complain() { echo "hardening: $program $*" >&2; status=1; }
command -v readelf >/dev/null || { echo "hardening: readelf is missing: apt-get install binutils" >&2; exit 2; }
readelf -hW "$program" | grep -q 'Type:.*DYN' || complain "is not position-independent"
segments=$(readelf -lW "$program")
grep -q GNU_RELRO <<<"$segments" || complain "has no RELRO"
grep GNU_STACK <<<"$segments" | grep -q 'RW ' || complain "has an executable stack"
dynamic=$(readelf -dW "$program")
grep -qE 'BIND_NOW|Flags:.*NOW' <<<"$dynamic" || complain "binds lazily"
grep -qE 'TEXTREL|RPATH|RUNPATH' <<<"$dynamic" && complain "has text relocations or a path to libraries of its own"
symbols=$(readelf --dyn-syms -W "$program")
grep -q '__stack_chk_fail' <<<"$symbols" || complain "has no stack protector"
if [ "${2:-}" = fortified ]; then
  grep -qE '__(mem|str|read|pread|snprintf|vsnprintf|printf|fprintf)[a-z]*_chk' <<<"$symbols" || complain "has no checked calls of libc"
fi
exit $status
