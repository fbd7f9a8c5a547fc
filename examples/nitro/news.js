import { feeds } from './feeds.js';

export default (event) => feeds.fetch(event.req);
