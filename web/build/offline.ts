// The Chat page as an app that works without a network: what it needs is kept by a service worker, all of one version.

import type {Plugin} from 'vite';
import {VitePWA} from 'vite-plugin-pwa';

/** What the Chat page needs besides what its bundle names, and the page that it leads to: it has no other files of its own. */
const BESIDE = /^(early\.js|icon\.svg|manifest\.webmanifest|privacy\.html|trees\/[^/]+\.tree)$/;

/** How much of a digest tells a version of a file from the others: no compression makes one smaller. */
const REVISION = 8;

/** Makes the service worker. The Studio is no part of it: its visitors would load all of that for nothing. */
export function offline(): Plugin[] {
  const chat = new Set(['index.html']);
  return [
    {
      name: 'files-of-the-chat-page',
      apply: 'build',
      generateBundle(_options, bundle) {
        const add = (name: string) => {
          const file = bundle[name];
          if (chat.has(name) || file?.type !== 'chunk') return;
          chat.add(name);
          file.imports.forEach(add);
          for (const names of [file.viteMetadata?.importedAssets, file.viteMetadata?.importedCss]) {
            for (const name of names ?? []) chat.add(name);
          }
        };
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && file.facadeModuleId?.endsWith('/index.html')) add(file.fileName);
        }
      },
    },
    ...VitePWA({
      // The page registers it, after everything else, and says when there is a newer version.
      injectRegister: null,
      registerType: 'prompt',
      // The worker is ours: a general one is four times as large, and does nothing more for one list of files.
      strategies: 'injectManifest',
      srcDir: 'build',
      filename: 'sw.js',
      base: './',
      scope: './',
      manifest: {
        name: 'UK visa advisor',
        short_name: 'Visa advisor',
        description: 'Asks a few questions and says which UK visa or permission fits. Unofficial.',
        start_url: './index.html',
        scope: './',
        display: 'standalone',
        background_color: '#fbfaf7',
        theme_color: '#1d4f91',
        icons: [{src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any'}],
      },
      // They are among the files already.
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*'],
        // The second is added by the plugin.
        globIgnores: ['sw.js', 'manifest.webmanifest'],
        maximumFileSizeToCacheInBytes: 8 << 20,
        manifestTransforms: [
          (entries) => ({
            manifest: entries
              .filter(({url}) => chat.has(url) || BESIDE.test(url))
              .map((entry) => ({...entry, revision: entry.revision?.slice(0, REVISION) ?? null})),
            warnings: [],
          }),
        ],
      },
    }),
  ];
}
