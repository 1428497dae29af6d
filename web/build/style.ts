// The Chat's style, in its pages themselves: the first paint waits for it, and a file of its own would be another round trip.

import {createHash} from 'node:crypto';
import type {Plugin} from 'vite';

/** The pages that have the Chat's style. */
const PAGES = new Set(['/index.html', '/privacy.html']);

/** Writes the style into the pages, and names it in their policies, which allow no other. */
export function styleInPage(): Plugin {
  // The file is taken away at the first page that has it.
  const styles = new Map<string, string>();
  return {
    name: 'style-in-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, {bundle, path}) {
        if (!bundle || !PAGES.has(path)) return html;
        const [link, name = ''] = LINK.exec(html) ?? [];
        const file = bundle[name];
        if (file?.type === 'asset') styles.set(name, `${file.source}`.trim());
        const style = styles.get(name);
        if (link === undefined || style === undefined) throw new Error(`${path} names no style of its own`);
        if (/<\/style|url\(/i.test(style)) throw new Error('a style in a page can neither end it nor name files');
        delete bundle[name];
        const allowed = `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
        const page = html.replace("style-src 'self'", allowed);
        if (page === html) throw new Error(`the policy of ${path} says nothing of its style`);
        return page.replace(link, () => `<style>${style}</style>`);
      },
    },
  };
}

const LINK = /<link rel="stylesheet"[^>]* href="\.\/(assets\/[^"]+\.css)">/;
