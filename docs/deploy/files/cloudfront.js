// A function of CloudFront for the event "viewer request": finds the file of an address.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const { request } = event;
  const uri = request.uri.replace(/\/+$/, '');
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  if (/^\/(feed|feed\.xml|rss|index\.xml|index\.rss|rss\/feed\.xml)$/.test(uri)) request.uri = '/rss.xml';
  else if (/^\/(atom|feed\.atom|feeds\/posts\/default)$/.test(uri)) request.uri = '/atom.xml';
  else if (uri === '') request.uri = '/index.html';
  // Pages have no ending in their address. A dot in a name, as in /articles/node.js, is no ending of a file.
  else if (!/\.[a-z0-9]+$/i.test(last) || /^\/(articles|tags|authors|languages|podcast|sections)\/[^/]+$/.test(uri))
    request.uri = `${uri}.html`;
  return request;
}
