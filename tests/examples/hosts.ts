/** The examples that mount feeds in a framework, one for each. */
export const hosts = ['astro', 'hono', 'next', 'nitro', 'sveltekit'] as const;
