import { feeds } from '../../../feeds.js';

export const trailingSlash = 'ignore';
export const GET = ({ request }) => feeds.fetch(request);
