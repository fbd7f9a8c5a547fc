/** Small documents that every rule accepts; tests break one place at a time. */
export const RSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Harbour &#x26; Tide</title>
    <link>https://example.org/</link>
    <description>Notes from the quay</description>
    <language>en-GB</language>
    <managingEditor>ed@example.org (Ed Itor)</managingEditor>
    <lastBuildDate>Wed, 06 Mar 2024 09:00:00 +0000</lastBuildDate>
    <ttl>60</ttl>
    <image>
      <url>https://example.org/icon.png</url>
      <title>Harbour &#x26; Tide</title>
      <link>https://example.org/</link>
      <width>144</width>
      <height>144</height>
    </image>
    <atom:link href="https://example.org/rss.xml" rel="self" type="application/rss+xml"/>
    <atom:link href="https://hub.example.net/" rel="hub"/>
    <item>
      <title>Second</title>
      <link>https://example.org/second</link>
      <description>A summary.</description>
      <content:encoded><![CDATA[<p><a href="https://example.org/x?a=1&amp;b=2">All</a> of <img src="https://example.org/a.png" srcset="https://example.org/a,b.png 1x, https://example.org/b.png 2x" alt="it" />.</p>]]></content:encoded>
      <dc:creator>Ann Other</dc:creator>
      <category>boats</category>
      <category domain="https://example.org/tags/">sea</category>
      <enclosure url="https://example.org/second.mp3" length="12345" type="audio/mpeg"/>
      <guid isPermaLink="false">tag:example.org,2024:second</guid>
      <pubDate>Tue, 05 Mar 2024 12:30:00 GMT</pubDate>
      <atom:updated>2024-03-06T09:00:00Z</atom:updated>
    </item>
    <item>
      <title>First</title>
      <author>ann@example.org (Ann Other)</author>
      <guid>https://example.org/first</guid>
      <pubDate>Mon, 04 Mar 2024 12:30:00 +0000</pubDate>
      <source url="https://example.com/rss.xml">Elsewhere</source>
    </item>
  </channel>
</rss>
`;

/** A podcast, as Apple and Podcasting 2.0 require. */
export const PODCAST = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:podcast="https://podcastindex.org/namespace/1.0">
  <channel>
    <title>Voices</title>
    <link>https://example.org/</link>
    <description>From the quay</description>
    <language>en</language>
    <atom:link href="https://example.org/rss.xml" rel="self" type="application/rss+xml"/>
    <itunes:author>Ann Other</itunes:author>
    <itunes:owner><itunes:name>Ann Other</itunes:name><itunes:email>ann@example.org</itunes:email></itunes:owner>
    <itunes:category text="Society &amp; Culture"><itunes:category text="Documentary"/></itunes:category>
    <itunes:explicit>false</itunes:explicit>
    <itunes:image href="https://example.org/art.png"/>
    <itunes:type>serial</itunes:type>
    <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
    <podcast:locked owner="ann@example.org">yes</podcast:locked>
    <item>
      <title>Third</title>
      <enclosure url="https://example.org/third.mp3" length="12345" type="audio/mpeg"/>
      <guid isPermaLink="false">tag:example.org,2024:third</guid>
      <itunes:duration>61</itunes:duration>
      <itunes:season>2</itunes:season>
      <itunes:episode>3</itunes:episode>
      <itunes:episodeType>full</itunes:episodeType>
      <itunes:explicit>true</itunes:explicit>
      <itunes:image href="https://example.org/third.jpg"/>
      <media:content url="https://example.org/third.jpg" type="image/jpeg" medium="image" width="1400" height="1400">
        <media:description type="plain">The third.</media:description>
        <media:text type="plain">A lock gate</media:text>
      </media:content>
      <podcast:transcript url="https://example.org/third.vtt" type="text/vtt"/>
      <podcast:person role="guest" img="https://example.org/bo.png" href="https://example.org/bo">Bo</podcast:person>
    </item>
  </channel>
</rss>
`;

export const ATOM_FEED = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en-GB">
  <id>tag:example.org,2024:feed</id>
  <title>Harbour &amp; Tide</title>
  <subtitle type="html">Notes from the &lt;em&gt;quay&lt;/em&gt;</subtitle>
  <updated>2024-03-06T09:00:00Z</updated>
  <fh:archive/>
  <author><name>Ann Other</name><uri>https://example.org/ann</uri><email>ann@example.org</email></author>
  <link href="https://example.org/"/>
  <link rel="self" type="application/atom+xml" href="https://example.org/atom.xml"/>
  <link rel="current" href="https://example.org/atom.xml"/>
  <link rel="prev-archive" href="https://example.org/archive/1/atom.xml"/>
  <generator uri="https://example.org/made-with" version="1.0">Dateline</generator>
  <icon>https://example.org/icon.png</icon>
  <entry xml:lang="de">
    <id>tag:example.org,2024:third</id>
    <title>Third</title>
    <updated>2024-03-06T09:00:00Z</updated>
    <published>2024-03-06T08:00:00.5+01:00</published>
    <link rel="alternate" type="text/html" href="https://example.org/third"/>
    <link rel="enclosure" type="audio/mpeg" length="12345" href="https://example.org/third.mp3"/>
    <category term="sea" scheme="https://example.org/tags/" label="Sea"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Plain <b>sailing</b>.</p></div></content>
    <thr:in-reply-to ref="tag:example.org,2024:first"/>
    <thr:total>3</thr:total>
    <m:place xmlns:m="urn:example:map">Quay <m:berth>9</m:berth> <title>North</title></m:place>
  </entry>
  <entry>
    <id>tag:example.org,2024:second</id>
    <title type="text">Second</title>
    <updated>2024-03-05T12:30:00Z</updated>
    <summary>A picture.</summary>
    <content type="image/png">iVBORw0KGgo=</content>
  </entry>
  <entry>
    <id>tag:example.org,2024:first</id>
    <title>First</title>
    <updated>2024-03-04T12:30:00Z</updated>
    <content type="html">&lt;p&gt;Cast &lt;a href="https://example.org/off"&gt;off&lt;/a&gt;.&lt;/p&gt;</content>
    <source><id>tag:example.com,2024:feed</id><title>Elsewhere</title><updated>2024-03-04T12:30:00Z</updated></source>
  </entry>
</feed>
`;

export const JSON_FEED = `{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Harbour & Tide",
  "home_page_url": "https://example.org/",
  "feed_url": "https://example.org/feed.json",
  "next_url": "https://example.org/feed.json?page=2",
  "description": "Notes from the quay",
  "icon": "https://example.org/icon.png",
  "favicon": "https://example.org/favicon.png",
  "authors": [{ "name": "Ann Other", "url": "https://example.org/ann", "avatar": "https://example.org/ann.png" }],
  "language": "en-GB",
  "expired": false,
  "hubs": [{ "type": "WebSub", "url": "https://hub.example.net/" }],
  "_harbour": { "about": "https://example.org/extension", "tide": "high" },
  "items": [
    {
      "id": "tag:example.org,2024:second",
      "url": "https://example.org/second",
      "external_url": "https://example.com/elsewhere",
      "title": "Second",
      "content_html": "<p><a href=\\"https://example.org/x\\">All</a> of it.</p>",
      "summary": "A summary.",
      "image": "https://example.org/a.png",
      "banner_image": "https://example.org/b.png",
      "date_published": "2024-03-05T12:30:00Z",
      "date_modified": "2024-03-06T09:00:00.25+01:00",
      "authors": [{ "name": "Ann Other" }],
      "tags": ["boats", "sea"],
      "language": "de",
      "attachments": [
        {
          "url": "https://example.org/second.mp3",
          "mime_type": "audio/mpeg",
          "title": "Read aloud",
          "size_in_bytes": 12345,
          "duration_in_seconds": 61.5
        }
      ]
    },
    { "id": "tag:example.org,2024:first", "content_text": "Cast off.", "date_published": "2024-03-04T12:30:00Z" }
  ]
}
`;
