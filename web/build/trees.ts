// What the build adds to the pages: the published trees, and the first question of the Chat page as plain HTML.

import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {transform} from 'esbuild';
import type {Plugin} from 'vite';
import {type Opening, opened} from './opening.ts';

/** Where the trees have been made ready: `*.yaml`, `*.tree`, `*.html` and `index.json`. See scripts/build-web.mjs. */
const READY = path.join(import.meta.dirname, '../pkg/trees');

/** Puts the trees beside the pages, so that they are files like all others. */
export function trees(): Plugin {
  return {
    name: 'trees',
    apply: 'build',
    generateBundle() {
      for (const name of readdirSync(READY).filter((name) => name !== 'index.json')) {
        this.emitFile({type: 'asset', fileName: `trees/${name}`, source: readFileSync(path.join(READY, name))});
      }
    },
  };
}

/** Puts the page's first script in its place, small. It is no module: those run when all of the page has been read. */
export function firstScript(): Plugin {
  return {
    name: 'first-script',
    apply: 'build',
    async generateBundle() {
      const text = readFileSync(path.join(import.meta.dirname, 'early.js'), 'utf8');
      const {code} = await transform(text, {minify: true, target: 'es2022'});
      this.emitFile({type: 'asset', fileName: 'early.js', source: code});
    },
  };
}

/** Writes how the page's own tree begins into the page: it can be read before anything else has arrived. */
export function firstQuestion(): Plugin {
  return {
    name: 'first-question',
    transformIndexHtml: {
      order: 'pre',
      handler(html) {
        const id = ownTree(html);
        const index = path.join(READY, 'index.json');
        if (id === undefined || !html.includes(PLACE) || !existsSync(index)) return html;
        const openings = JSON.parse(readFileSync(index, 'utf8')) as Opening[];
        const own = openings.find((opening) => opening.id === id);
        if (own === undefined) throw new Error(`there is no tree called ${id}`);
        const page = html.replace(/<html[^>]*>/, (tag) => tag.replace('>', ` dir="${own.dir}">`));
        const begun = page.replace(PLACE, () => opened(own, openings));
        return begun.replace(/<title>[^<]*/, () => `<title>${title(own)}`);
      },
    },
  };
}

/**
 * Lets the browser fetch the engine and the page's own tree as soon as it has read the page, rather than when the scripts
 * that ask for them have arrived. Who comes for another tree gets this one as well, which is kept for being offline anyway.
 */
export function early(): Plugin {
  return {
    name: 'early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, {bundle, chunk}) {
        const id = ownTree(html);
        if (id === undefined || !chunk?.facadeModuleId?.endsWith('/index.html')) return html;
        const names = [chunk.fileName, ...chunk.imports].flatMap((name) => {
          const file = bundle?.[name];
          return file?.type === 'chunk' ? [...(file.viteMetadata?.importedAssets ?? [])] : [];
        });
        const engine = names.find((name) => name.endsWith('.wasm'));
        if (engine === undefined) return html;
        const preload = (rest: string) => `<link rel="preload" as="fetch" crossorigin ${rest}>`;
        const links = [
          preload(`href="./${engine}"`),
          preload(`href="./trees/${id}.tree?v=${version(id)}" data-id="${id}"`),
        ];
        // Nobody reads how far its lines are indented.
        const rest = html
          .replace(FIRST_SCRIPT, '<link rel="preload" as="script" href="./early.js">')
          .replace(/\n\s+/g, '\n');
        if (!html.includes(FIRST_SCRIPT)) throw new Error('the page does not begin with its first script');
        return rest.replace('</head>', () => `${links.join('')}${FIRST_SCRIPT}</head>`);
      },
    },
  };
}

/**
 * Runs before the first paint, so it is fetched first. But a browser reads no further while it waits for a script, so what
 * else has to be fetched stands before it.
 */
const FIRST_SCRIPT = '<script src="./early.js"></script>';

/** The tree that a page begins with. */
const ownTree = (html: string) => /<html[^>]* data-tree="([^"]+)"/.exec(html)?.[1];

/** Changes when the tree does, so that nobody gets an old one from a cache. */
function version(id: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(READY, `${id}.tree`)))
    .digest('hex')
    .slice(0, 8);
}

const PLACE = '<!-- the first question -->';

const title = (opening: Opening) => opening.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;') || 'Treebot';
