/** What a workflow does, as far as it depends on the project. */
export interface Workflow {
  /** Whether the project has a lock file. */
  readonly hasLock: boolean;
  /** Whether it deploys a worker. */
  readonly deploys: boolean;
}

/** Returns a workflow for GitHub Actions that checks the articles and, on the main branch, deploys the worker. */
export function workflowText({ hasLock, deploys }: Workflow): string {
  const deploy = `
      - if: github.event_name == 'push'
        run: npx --no wrangler deploy
        env:
          # Settings > Secrets and variables > Actions. The token needs the permission "Edit Cloudflare Workers".
          CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
          CLOUDFLARE_ACCOUNT_ID: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}
`;
  return `# Checks the articles in every pull request${deploys ? ', and deploys the feeds from the main branch' : ''}.
name: Feeds
on:
  push:
    branches: [main, master]
  pull_request:
permissions:
  contents: read
concurrency:
  group: feeds-\${{ github.ref }}
jobs:
  feeds:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with:
          node-version: 22
      - run: npm ${hasLock ? 'ci' : 'install'}
      - run: npx --no dateline check --format github${deploys ? deploy : '\n'}`;
}
