#!/usr/bin/env bash
# Sends usage to Laurels: bash, openssl, curl.
#
#   LAURELS_URL=https://laurels.example LAURELS_USAGE_SECRET=whsec_… ./usage.sh < events.json
#
# events.json is one event or a list of at most 1,000:
#   {"account": "northwind", "person": "u-17", "event": "Report Scheduled", "at": "2026-03-20T09:00:00Z", "id": "r-4711"}
# Sending the same again counts nothing twice, so send again whatever had no answer.
set -euo pipefail

body=$(mktemp)
trap 'rm -f "$body"' EXIT
cat > "$body"

id="msg_$(openssl rand -hex 12)"
timestamp=$(date +%s)
key=$(printf %s "${LAURELS_USAGE_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$({ printf '%s.%s.' "$id" "$timestamp"; cat "$body"; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

# On 503 curl waits as long as Retry-After says.
curl --silent --show-error --fail-with-body --retry 4 --max-time 60 "$LAURELS_URL/v1/usage" \
  --header 'content-type: application/json' \
  --header "webhook-id: $id" \
  --header "webhook-timestamp: $timestamp" \
  --header "webhook-signature: v1,$signature" \
  --data-binary "@$body"
