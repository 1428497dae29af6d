// What a visitor downloads for each contestant: its runtime, bundled and minified as for a web page.

import {readFileSync} from 'node:fs';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {build} from 'esbuild';
import {at} from '../../scripts/lib/tools.mjs';

/** @returns {Promise<{player: object, raw?: number, gzip?: number, brotli?: number, why?: string}[]>} bytes */
export async function downloads(players) {
  const sizes = [];
  for (const player of players) {
    try {
      const files = (player.download?.() ?? []).map((file) => readFileSync(file));
      if (player.bundle) files.push(await bundled(player.bundle));
      if (!files.length) continue;
      const sum = (size) => files.reduce((total, bytes) => total + size(bytes), 0);
      sizes.push({
        player,
        raw: sum((bytes) => bytes.length),
        gzip: sum((bytes) => gzipSync(bytes, {level: 9}).length),
        brotli: sum((bytes) => brotliCompressSync(bytes).length),
      });
    } catch (error) {
      sizes.push({player, why: error.message.split('\n')[0]});
    }
  }
  return sizes;
}

async function bundled(contents) {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: at('bench'), loader: 'js'},
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    define: {'process.env.NODE_ENV': '"production"', global: 'globalThis'},
    logLevel: 'silent',
  });
  return Buffer.from(outputFiles[0].contents);
}
