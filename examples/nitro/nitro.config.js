/** `event.req` is a web Request. */
export default {
  handlers: [
    { route: '/news', handler: './news.js' },
    { route: '/news/**', handler: './news.js' },
  ],
};
