import { omitUndefined } from '../../article/omit-undefined.ts';
import { licensePath } from '../../publication/addresses/address.ts';
import type { Edition } from '../../publication/publication.ts';
import { miningTerms, reservesMining, statedUses } from '../../publication/site/machine-policy.ts';
import { homeOf, type Site } from '../../publication/site/site.ts';
import { type WrittenDocument, writeDocument } from '../document.ts';
import { xml } from '../xml.ts';

/** The media type of an RSL file. */
export const rslType = 'application/rsl+xml';

/** The lines of `robots.txt` for all user agents: what may be done with the content, and where its license is. */
export function robotsPolicy({ machines, url }: Site): { readonly signal: string; readonly license: string } {
  const uses = machines === undefined ? [] : statedUses(machines);
  const signals = uses.map(([use, allowed]) => `${use}=${allowed ? 'yes' : 'no'}`);
  return {
    signal: signals.length === 0 ? '' : `Content-Signal: ${signals.join(', ')}\n`,
    license: machines === undefined ? '' : `License: ${new URL(licensePath, url).href}\n`,
  };
}

/** Writes the policy as an RSL 1.0 file; `undefined` without one. */
export async function writeRsl({ site, changed }: Edition): Promise<WrittenDocument | undefined> {
  const { machines, url, copyright } = site;
  if (machines === undefined) return undefined;
  const uses = statedUses(machines);
  const listed = (isAllowed: boolean): string =>
    uses.flatMap(([use, allowed]) => (allowed === isAllowed ? [use] : [])).join(' ');
  const [permitted, prohibited] = [listed(true), listed(false)];
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<rsl xmlns="https://rslstandard.org/rsl">
<content url="${new URL('*', url).href}">
<license>
${permitted === '' ? undefined : xml`<permits type="usage">${permitted}</permits>\n`}${prohibited === '' ? undefined : xml`<prohibits type="usage">${prohibited}</prohibits>\n`}${machines.license === undefined ? undefined : xml`<payment type="free">\n<standard>${machines.license}</standard>\n</payment>\n`}</license>
${copyright === undefined ? undefined : xml`<copyright>${copyright}</copyright>\n`}</content>
</rsl>
`;
  return writeDocument(text.source, `${rslType}; charset=utf-8`, omitUndefined({ articles: [], changed }));
}

/** Writes the reservation of text and data mining (TDM Reservation Protocol §4.2); `undefined` if nothing is said. */
export async function writeTdm({ site, changed }: Edition): Promise<WrittenDocument | undefined> {
  const isReserved = site.machines && reservesMining(site.machines);
  if (isReserved === undefined) return undefined;
  const location = `${new URL(site.url).pathname}*`;
  const rule = { location, 'tdm-reservation': isReserved ? 1 : 0, 'tdm-policy': miningTerms(site) };
  return writeJson([rule], changed);
}

/**
 * Writes the terms of mining, which programs must ask for, as an offer by ODRL 2.2 (TDM Reservation Protocol §5);
 * `undefined` unless mining is reserved.
 */
export async function writeTdmPolicy({ site, changed }: Edition): Promise<WrittenDocument | undefined> {
  const uid = miningTerms(site);
  if (uid === undefined) return undefined;
  const { license, contact } = site.machines ?? {};
  const isMail = contact?.startsWith('mailto:');
  const offer = {
    '@context': ['http://www.w3.org/ns/odrl.jsonld', 'http://www.w3.org/ns/tdmrep.jsonld'],
    '@type': 'Offer',
    profile: 'http://www.w3.org/ns/tdmrep',
    uid,
    assigner: {
      uid: site.url,
      'vcard:fn': site.copyright ?? site.title,
      'vcard:hasEmail': isMail ? contact : undefined,
      'vcard:hasURL': (isMail ? undefined : contact) ?? license ?? homeOf(site),
    },
    permission: [{ target: site.url, action: 'tdm:mine', duty: [{ action: 'obtainConsent' }] }],
  };
  return writeJson(offer, changed);
}

function writeJson(value: object, changed: Edition['changed']): WrittenDocument {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return writeDocument(text, 'application/json', omitUndefined({ articles: [], changed }));
}
