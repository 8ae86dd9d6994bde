#!/usr/bin/env bash
# Copies the fitting files of sample-corpus to fuzz/corpus/TARGET, and adds what the sample corpus has no file for.
set -euo pipefail
cd "$(dirname "$0")"
samples=../sample-corpus

# seed TARGET FILE…: copies files under names that tell them apart
seed() {
    local target=$1 file
    shift
    mkdir -p "corpus/$target"
    for file in "$@"; do
        [ -f "$file" ] && cp "$file" "corpus/$target/$(basename "$file")"
    done
    return 0
}

seed text "$samples"/kopiert/*.txt "$samples"/archiv/*.txt
seed markdown "$samples"/markdown/*.md
seed html "$samples"/web/*.html
seed json "$samples"/agentur/*.json "$samples"/defekt/abgebrochen.json
seed jsonl "$samples"/agentur/*.jsonl
seed csv "$samples"/export/*.csv "$samples"/export/*.tsv
seed xml "$samples"/presse/*
seed wire "$samples"/export/*.ipt "$samples"/export/agentur-*.txt
seed mail "$samples"/export/*.eml
seed mhtml "$samples"/export/*.mhtml
seed docx "$samples"/export/*.docx
seed odt "$samples"/export/*.odt
seed pdf "$samples"/gedruckt/*.pdf
for kind in rtf doc msg mbox epub; do
    seed "$kind" "$samples"/export/*."$kind"
done
seed sheet "$samples"/export/*.xlsx
seed hocr "$samples"/presse/*.hocr
seed arc "$samples"/behaelter/*.arc
seed wacz "$samples"/behaelter/*.wacz
seed sevenz "$samples"/behaelter/*.7z
seed pptx "$samples"/export/*.pptx
seed zip "$samples"/behaelter/*.zip
seed compression "$samples"/behaelter/*.bz2 "$samples"/behaelter/*.xz "$samples"/agentur/*.gz "$samples"/agentur/*.zst
seed german "$samples"/kopiert/*.txt

mkdir -p corpus/{warc,tar,query,structure,docx,odt,zip}
gzip -dc "$samples/behaelter/web-2021.warc.gz" >corpus/warc/web-2021.warc
xz -dc "$samples/behaelter/jahrgang-2017.tar.xz" >corpus/tar/jahrgang-2017.tar
for document in docx:word/document.xml odt:content.xml; do
    for file in "$samples/export/"*."${document%%:*}"; do
        unzip -p "$file" "${document#*:}" >"corpus/${document%%:*}/$(basename "$file").xml"
    done
done
# archives that are given as text: members divided by zero bytes
for target in zip tar; do
    printf 'a.txt\nDie Linden\n\nDie Linden am Markt bleiben.\0b/c.jsonl\n{"title":"x","text":"y z"}\0../d.html\n<h1>E</h1>' \
        >"corpus/$target/members"
done
# pages of numbered lines
printf '\1\5\10\13\15\21\22\24\0\25\30' >corpus/structure/glued
printf '\3\2\0\12\0\20\0\26\0\27\24\35\37' >corpus/structure/dateline
# every form of docs/QUERY.md
grep -o '`[^`]*`' ../docs/QUERY.md | tr -d '`' | sort -u | split -l 1 -a 3 - corpus/query/form-
