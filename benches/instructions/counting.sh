# Sourced: what counts instructions, for `run` and `check`.
#
# Everything is pinned to one core, so that one thread reads, one indexes, and a corpus becomes one segment. What is left to
# chance (seeds of hash tables, the order in which threads take turns) moves indexing by 0.05 %; of a query the least of three
# runs counts, which moves by 0.1 %.

# what fails in $(…) ends the script
shopt -s inherit_errexit

core=$((RANDOM % $(nproc)))
unset FINDBUCH_INDEX FINDBUCH_LANG

counting=(taskset -c "$core" valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null)

# the instructions in what valgrind said
counted() {
    sed -n 's/.*I *refs: *//p' "$1" | tr -d ,
}

# the instructions of a command, which must succeed
count() {
    "${counting[@]}" --log-file=valgrind.log "$@" >/dev/null
    counted valgrind.log
}

# the same, the least of three runs
least() {
    for _ in 1 2 3; do count "$@"; done | sort -n | sed 1q
}
