vcl 4.1;

# Varnish in front of `dateline serve`, told by `purge: http://127.0.0.1:6081/purge` what changed.
# Needs the module xkey (Debian's package varnish-modules).

import std;
import xkey;

backend dateline {
  .host = "127.0.0.1";
  .port = "3000";
  .probe = { .url = "/healthz"; .interval = 5s; }
}

acl publisher {
  "127.0.0.1";
  "::1";
}

sub vcl_recv {
  if (req.method == "POST") {
    if (client.ip !~ publisher || req.url != "/purge") {
      return (synth(405));
    }
    return (synth(200, "purged " + xkey.purge(req.http.Surrogate-Key)));
  }
  # A browser that opens a feed gets another media type than feed readers.
  if (req.http.Sec-Fetch-Dest == "document") {
    return (pass);
  }
  # An outdated answer for a minute, while the new one is fetched; longer only while the server fails.
  if (std.healthy(req.backend_hint)) {
    set req.grace = 60s;
  }
}

sub vcl_backend_response {
  if (beresp.status >= 500 && bereq.is_bgfetch) {
    return (abandon);
  }
  # The times for caches, which readers don't get.
  if (beresp.http.CDN-Cache-Control) {
    set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^max-age=(\d+).*$", "\1s"), 0s);
    set beresp.grace = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*stale-if-error=(\d+).*$", "\1s"), 0s);
    unset beresp.http.CDN-Cache-Control;
  }
  set beresp.http.xkey = beresp.http.Surrogate-Key;
  unset beresp.http.Surrogate-Key;
}

sub vcl_deliver {
  unset resp.http.xkey;
  if (obj.hits > 0) {
    set resp.http.X-Cache = "hit";
  } else {
    set resp.http.X-Cache = "miss";
  }
}
