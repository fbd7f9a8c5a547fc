import type { Author } from '../author.ts';
import { plainText } from '../body/content.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { fediverseAccount, isMailAddress } from '../web-address.ts';
import { keyReader, reportWrong, text, textInside, webAddress } from './syntax/read.ts';
import { firstInside, itemsOf, type Value } from './syntax/value.ts';

/** Reads an author, also as data files describe them. */
export function readAuthor(value: Value, report: Report): Author | undefined {
  if (value.kind === 'list') return undefined;
  const written = value.kind === 'scalar' ? text(value) : undefined;
  const [, named, address] = /^([^<>]*)<([^<>]*)>$/.exec(written ?? '') ?? [];
  const name = prose(named ?? written ?? textInside(value, ['name', 'title', 'display_name', 'nick', 'slug']) ?? '');
  if (name === '') return undefined;
  const read = keyReader(value, report);
  const email = read(['email', 'mail'], 'a mail address such as ana@daily.example', mailAddress);
  const url = read(['url', 'uri', 'link', 'website', 'homepage'], 'an address that begins with https://', webAddress);
  const isAddress = address !== undefined && isMailAddress(address.trim());
  if (address !== undefined && !isAddress)
    reportWrong(report, 'email', 'a mail address such as ana@daily.example', value, 'warning', quote(address));
  return omitUndefined({
    name,
    email: isAddress ? address.trim() : email,
    url,
    bio: prose(textInside(value, ['bio']) ?? '') || undefined,
    picture: read(['picture'], 'an address that begins with https://', webAddress) ?? portrait(value),
    fediverse: read(['fediverse'], 'an account such as @ana@social.example', account),
    profiles: read(['profiles'], 'an address that begins with https://, or a list of these', addresses),
  });
}

function prose(written: string): string {
  return oneLine(plainText(written));
}

function mailAddress(value: Value): string | undefined {
  const address = text(value) ?? '';
  return isMailAddress(address) ? address : undefined;
}

function account(value: Value): string | undefined {
  return fediverseAccount(text(value) ?? '');
}

function addresses(value: Value): readonly string[] | undefined {
  const all = itemsOf(value).map(webAddress);
  return all.every((address) => address !== undefined) ? all : undefined;
}

/** Reads the picture of an author under the names of other frameworks, where it is often a path on their site. */
function portrait(value: Value): string | undefined {
  const found = firstInside(value, ['avatar', 'image_url', 'photo', 'image']);
  return found && webAddress(found);
}
