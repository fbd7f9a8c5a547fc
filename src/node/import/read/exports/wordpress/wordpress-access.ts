import { quote } from '../../../../../article/problem.ts';
import { type ExportElement, fieldOf } from '../export-xml.ts';
import { metaValues } from './wordpress-export.ts';

/**
 * Returns why not every visitor may read a post, as a clause, even if WordPress calls it published: its password, its
 * status, or a plug-in for members.
 */
export function restrictionOf(item: ExportElement): string | undefined {
  if (fieldOf(item, 'wp:post_password') !== '') return 'it has a password';
  const status = fieldOf(item, 'wp:status');
  if (status === 'private') return 'it is private';
  // Plug-ins for editors and shops have statuses of their own.
  if (!/^(?:|publish|future|draft|pending|trash|auto-draft)$/.test(status)) return `its status is ${quote(status)}`;
  const isKept = memberKeys.some((key) => metaValues(item, key).some((value) => !open.test(value)));
  if (isKept || memberMarks.test(fieldOf(item, 'content:encoded'))) return 'some of it is for members only';
  return undefined;
}

/** What plug-ins for members write about a post. */
const memberKeys = [
  '_jetpack_newsletter_access',
  '_members_access_role',
  '_private',
  'rcp_subscription_level',
  'rcp_user_level',
  'rcp_access_level',
  '_wpmem_block',
  '_memberful_acl',
];

const open = /^(?:|0|no|none|false|all|everybody|everyone|anyone|a:0:\{\}|\[\])$/i;

/** Blocks and shortcodes that show what they hold to members only. */
const memberMarks =
  /<!-- wp:(?:jetpack\/paywall|premium-content\/|jetpack\/subscriber-login|rcp\/|membership|pmpro\/membership)|\[(?:members?|members?[_-]?only|private|protected|restrict(?:ed)?|membership|premium|paywall|subscribers?|s2if|s2member[^\]\s]*|wlm_private|mepr-(?:show|active|protected)|rcp_[a-z]+|ihc-[a-z-]+|memberful[a-z_]*|content_protector|passster|loggedin|is_logged_in|user_logged_in)(?:[\s\]])/i;
