import {resolve} from 'node:path';
import {defineConfig} from 'vite';
import {lightGlue} from './build/glue.ts';
import {offline} from './build/offline.ts';
import {styleInPage} from './build/style.ts';
import {early, firstQuestion, firstScript, trees} from './build/trees.ts';

// Every address is relative, so that the site works under any path of any plain file server.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: {jsx: {runtime: 'automatic', importSource: 'preact'}},
  plugins: [lightGlue(), trees(), firstQuestion(), firstScript(), early(), styleInPage(), ...offline()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the pages allows no inline script, and the wasm stays a file of its own.
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    rolldownOptions: {
      input: {
        chat: resolve(import.meta.dirname, 'index.html'),
        studio: resolve(import.meta.dirname, 'studio.html'),
        privacy: resolve(import.meta.dirname, 'privacy.html'),
        demo: resolve(import.meta.dirname, 'embed.html'),
        embed: resolve(import.meta.dirname, 'ui/embed/embed.ts'),
      },
      // Other people's pages name this one, so its name stays.
      output: {entryFileNames: ({name}) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js')},
    },
  },
});
