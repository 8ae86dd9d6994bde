#!/usr/bin/env bash
# Runs targets for some time of a processor each, beginning from the inputs that are kept and the sample corpus, and keeps the smallest
# inputs that reach what was reached: fuzz/run.sh SECONDS [TARGET…]. Prints a row of docs/RELIABILITY.md for each. What is built already
# is taken as it is with FUZZ_BUILT=1, so that several run side by side.
set -euo pipefail
cd "$(dirname "$0")"
seconds=$1
shift
[ $# -gt 0 ] || set -- $(cargo +nightly fuzz list)
# bytes of an input and of all inputs of a target that are kept, and how many; inputs among which they are chosen
most=2048
all=16384
files=50
among=500
# seconds of an input: on a busy machine the tables of a library alone take some
limit=120

./seeds.sh
mkdir -p logs
for target in "$@"; do
    binary=target/x86_64-unknown-linux-gnu/release/$target
    [ -n "${FUZZ_BUILT:-}" ] || cargo +nightly fuzz build -O "$target"
    mkdir -p "corpus/$target" "kept/$target" "artifacts/$target"
    status=0 used=0
    "$binary" -timeout=$limit -rss_limit_mb=2048 -max_len=32768 -artifact_prefix="artifacts/$target/" -print_final_stats=1 \
        "corpus/$target" "kept/$target" >"logs/$target" 2>&1 &
    fuzzer=$!
    # the time of the processor, whatever else runs; the signal ends it behind the input at hand
    while now=$(ps -o cputimes= -p "$fuzzer"); do
        used=$((now))
        [ "$used" -lt "$seconds" ] || kill -USR1 "$fuzzer" 2>/dev/null || true
        sleep 1
    done
    wait "$fuzzer" || status=$?
    runs=$(sed -n 's/stat::number_of_executed_units: *//p' "logs/$target")
    rm -rf "merged/$target" "small/$target"
    mkdir -p "merged/$target" "small/$target"
    find "corpus/$target" "kept/$target" -type f -size -$((most + 1))c -printf '%s %p\n' | sort -n | awk -v among=$among '
        { name = $2; sub(/.*\//, "", name) }
        # inputs are named after what they hold
        !seen[name]++ { line[++count] = $2 }
        END { step = count > among ? count / among : 1; for (at = 1; at <= count; at += step) print line[int(at)] }' |
        xargs -r cp -t "small/$target"
    "$binary" -merge=1 -max_len=$most -timeout=$limit "merged/$target" "small/$target" >>"logs/$target" 2>&1 || true
    [ -z "$(ls "merged/$target")" ] || rm -f "kept/$target"/*
    # from the small ones to the large ones
    while read -r file; do
        cp "$file" "kept/$target/"
    done < <(find "merged/$target" -type f -size +0 -printf '%s %p\n' | sort -n | awk -v all=$all -v files=$files '
        { size[NR] = $1; name[NR] = $2 }
        END {
            step = NR > files ? NR / files : 1
            for (at = 1; at <= NR && (sum += size[int(at)]) <= all; at += step) print name[int(at)]
        }')
    found=$(find "artifacts/$target" -type f | wc -l)
    if [ "$found" = 0 ] && [ "$status" = 0 ]; then
        found=none
    else
        found="$found in artifacts/$target, status $status"
    fi
    echo "| \`$target\` | $runs | $used | $found |"
done
