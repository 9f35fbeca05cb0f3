#!/bin/sh
# The engagements in a country, each with its programme and staff, as a table.
#
#     COOP_PORTAL=https://portal.example.org sh engagements.sh PE
#
# Needs curl (7.76 or newer) and jq. The country is a code of ISO 3166-1, such as PE for Peru.
set -eu

portal=${COOP_PORTAL:-http://127.0.0.1:8000}
country=${1:-PE}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The answer at an address, into a file. Where one has asked too often, curl waits as long as the answer says, and asks
# again. What else is wrong, the answer says in words.
ask() {
    address=$1 file=$2
    shift 2
    curl --silent --fail-with-body --retry 5 --output "$file" "$@" "$address" || {
        jq --raw-output '.errors[]? // . | .detail' "$file" >&2
        exit 1
    }
}

# All pages: each names the address of the next one, and the last says null.
fields=title,start,programme.name,programme.kind,staff.profile.name,staff.profile.post_title
next="$portal/api/v1/engagements/?country=$country&expand=programme,staff.profile&fields=$fields&page_size=50"
while [ "$next" != null ]; do
    ask "$next" "$folder/page.json"
    jq --raw-output '.results[]
        | [.start.value, .title,
           (.programme | if . then "\(.name) (\(.kind.name))" else "-" end),
           ([.staff[].profile | "\(.name) (\(.post_title // "-"))"] | join("; "))]
        | @tsv' "$folder/page.json"
    next=$(jq --raw-output .next "$folder/page.json")
done

# Again later, only if something has changed: the answer has an ETag, and 304 says that what one has is still right.
facets="$portal/api/v1/engagements/facets/?country=$country"
ask "$facets" "$folder/facets.json" --etag-save "$folder/etag"
echo "$(jq .count "$folder/facets.json") engagements"
ask "$facets" "$folder/again.json" --etag-compare "$folder/etag" --write-out 'Asked again: %{http_code}\n'
