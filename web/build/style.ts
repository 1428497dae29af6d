// The Chat page's style, in the page itself: the first paint waits for it, and a file of its own would be another round trip.

import {createHash} from 'node:crypto';
import type {Plugin} from 'vite';

/** Writes the style into the page, and names it in the page's policy, which allows no other. */
export function styleInPage(): Plugin {
  return {
    name: 'style-in-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, {bundle, chunk}) {
        if (!bundle || !chunk?.facadeModuleId?.endsWith('/index.html')) return html;
        const [link, name = ''] = LINK.exec(html) ?? [];
        const file = bundle[name];
        if (link === undefined || file?.type !== 'asset') throw new Error('the page names no style of its own');
        const style = `${file.source}`.trim();
        if (/<\/style|url\(/i.test(style)) throw new Error('a style in the page can neither end it nor name files');
        delete bundle[name];
        const allowed = `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
        const page = html.replace("style-src 'self'", allowed);
        if (page === html) throw new Error('the policy of the page says nothing of its style');
        return page.replace(link, () => `<style>${style}</style>`);
      },
    },
  };
}

const LINK = /<link rel="stylesheet"[^>]* href="\.\/(assets\/[^"]+\.css)">/;
