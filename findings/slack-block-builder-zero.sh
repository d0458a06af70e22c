#!/usr/bin/env bash
# slack-block-builder 2.8.0 leaves the 0 out of a number field from 0 to 10.
#
# One would guess: NumberInput().minValue(0).maxValue(10).initialValue(0) makes
#   a field that takes 0 to 10 and begins at 0. Its text field keeps a minLength
#   of 0 and an empty first value.
# What happens: a number of 0 is taken for "nothing given": min_value and
#   initial_value are missing from what is sent, without an error. The upper
#   bound is there, and so is a lower bound of 1.
# Why it matters: "How likely are you to recommend us, 0 to 10?" is the commonest
#   question of all. Without the lower bound -3 is a valid answer, and one such
#   answer pulls an average down unnoticed. Check the range again when the form
#   comes back, and look at the JSON that is sent.
#
# Seen on 2026-11-30:
#   0 to 10, begins at 0: {"is_decimal_allowed":false,"max_value":"10","type":"number_input"}
#   1 to 10, begins at 1: {"is_decimal_allowed":false,"min_value":"1","max_value":"10","initial_value":"1","type":"number_input"}
#   text, no minimum:     {"min_length":0,"initial_value":"","type":"plain_text_input"}
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
npm install --silent --no-audit --no-fund --prefix "$dir" slack-block-builder@2.8.0

cat > "$dir/show.js" <<'JS'
const { Modal, Input, NumberInput, TextInput } = require('slack-block-builder');

const element = (field) => {
  const sent = Modal({ title: 'Survey' })
    .blocks(Input({ label: 'How likely are you to recommend us?' }).element(field))
    .buildToJSON();
  return JSON.stringify(JSON.parse(sent).blocks[0].element);
};
const number = (low) => element(
  NumberInput().isDecimalAllowed(false).minValue(low).maxValue(10).initialValue(low),
);

const seen = [number(0), number(1), element(TextInput().minLength(0).initialValue(''))];
console.log('0 to 10, begins at 0:', seen[0]);
console.log('1 to 10, begins at 1:', seen[1]);
console.log('text, no minimum:    ', seen[2]);

const expected = [
  '{"is_decimal_allowed":false,"max_value":"10","type":"number_input"}',
  '{"is_decimal_allowed":false,"min_value":"1","max_value":"10","initial_value":"1","type":"number_input"}',
  '{"min_length":0,"initial_value":"","type":"plain_text_input"}',
];
if (JSON.stringify(seen) !== JSON.stringify(expected)) {
  console.error('Changed: slack-block-builder no longer treats a 0 as in 2.8.0.');
  process.exit(1);
}
console.log('As described: the lower bound of 0 is gone.');
JS
node "$dir/show.js"
