// A function of CloudFront for the event "viewer response": what a browser may do with a file.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it.
function handler(event) {
  const { request, response } = event;
  const { headers } = response;
  headers['access-control-allow-origin'] = { value: '*' };
  headers['x-content-type-options'] = { value: 'nosniff' };
  headers['referrer-policy'] = { value: 'strict-origin-when-cross-origin' };
  // Pages state their policy themselves. Other files run no script.
  const isPage = /^\/((articles|tags|authors|languages|podcast|sections|archive)\/.*|index|subscribe|404)\.html$/.test(request.uri);
  if (/\.svg$/i.test(request.uri))
    headers['content-security-policy'] = { value: "default-src 'none'; style-src 'unsafe-inline'; sandbox" };
  else if (!isPage) headers['content-security-policy'] = { value: "script-src 'none'" };
  return response;
}
