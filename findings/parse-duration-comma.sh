#!/usr/bin/env bash
# parse-duration 2.1.9 (npm) reads "1,5h" as fifteen hours.
#
# One would guess: an hour and a half, as in most of Europe, or null, which is
#   what it answers to words it does not know. That commas may stand between thousands
#   is documented, but 1,5 has no thousands.
# What happens: in the default language any comma between two digits is dropped,
#   however many digits follow. 1,5h is 15 hours, 0,75h is 75 hours. It is
#   read as meant only after switching to a language whose file says so.
# Why it matters: a report made on a Polish or German machine has "1,5 h" in its
#   column of time attended; ten or a hundred times the hours are credited,
#   without an error. Nearly all values of a test file have no fraction. Refuse
#   a comma yourself, or set the language file (there is a German one, no Polish).
#
# Seen on 2026-11-30, in hours:
#   "1.5h": 1.5
#   "1,5h": 15
#   "0,75h": 75
#   "1,5h" with the German file: 1.5
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --prefix "$dir" parse-duration@2.1.9

cat > "$dir/show.mjs" <<'JS'
import parse from 'parse-duration';
import german from 'parse-duration/locale/de.js';

const seen = ['1.5h', '1,5h', '0,75h'].map((text) => {
  const hours = parse(text, 'h');
  console.log(`${JSON.stringify(text)}: ${hours}`);
  return hours;
});
parse.unit = german;
seen.push(parse('1,5h', 'h'));
console.log(`"1,5h" with the German file: ${seen[3]}`);

if (JSON.stringify(seen) !== JSON.stringify([1.5, 15, 75, 1.5])) {
  console.error('Changed: parse-duration no longer reads a comma as in 2.1.9.');
  process.exit(1);
}
console.log('As described: the comma is dropped, and the hours grow tenfold or more.');
JS
node "$dir/show.mjs"
