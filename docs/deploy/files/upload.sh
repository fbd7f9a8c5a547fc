#!/usr/bin/env bash
# Builds the site and uploads it: upload.sh s3://bucket [distribution id]
set -euo pipefail
bucket=$1
distribution=${2:-}
site=dist/site

npx dateline build seeds --out "$site"
# S3 gives files without a type the one of their ending, which is wrong for feeds. Browsers show only XML as pages.
upload() {
  aws s3 cp "$site" "$bucket" --recursive --no-progress --exclude '*' --include "$1" \
    --content-type "$2" --cache-control 'public, max-age=3600'
}
upload '*rss.xml' 'application/xml; charset=utf-8'
upload '*atom.xml' 'application/xml; charset=utf-8'
upload '*feed.json' 'application/feed+json'
upload 'feeds.opml' 'text/x-opml; charset=utf-8'
# Last what is not a feed, and what the site no longer has. The rules are for other hosts.
aws s3 sync "$site" "$bucket" --delete --no-progress --cache-control 'public, max-age=3600' \
  --exclude '*rss.xml' --exclude '*atom.xml' --exclude '*feed.json' --exclude 'feeds.opml' \
  --exclude '_headers' --exclude '_redirects'
if [ -n "$distribution" ]; then
  aws cloudfront create-invalidation --distribution-id "$distribution" --paths '/*'
fi
