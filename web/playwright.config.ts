import {defineConfig} from '@playwright/test';

/** Debian's Chromium, and nothing that would call home. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results/web',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    contextOptions: {reducedMotion: 'reduce'},
    // Tests put their own files in the place of the site's, which a service worker would not see. `offline.spec.ts` has one.
    serviceWorkers: 'block',
  },
});
