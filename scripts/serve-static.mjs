// A plain file server: files as they are, and nothing else. The tests of the pages use it to show that any will do.
//
//     node scripts/serve-static.mjs [FOLDER] [--port N] [--base /sub/path/]

import {createReadStream, statSync} from 'node:fs';
import {createServer} from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.yaml': 'text/yaml; charset=utf-8',
};

/**
 * Serves a folder on 127.0.0.1 until it is closed.
 *
 * @param {string} folder
 * @param {{port?: number, base?: string}} options `base` is the path under which the folder appears
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function serveStatic(folder, {port = 0, base = '/'} = {}) {
  const home = path.resolve(folder);
  const server = createServer((request, response) => {
    const file = find(home, base, request.url ?? '/');
    if (!file) {
      response.writeHead(404, {'content-type': 'text/plain'}).end('not found\n');
      return;
    }
    response.writeHead(200, {'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream'});
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The file of an address, if there is one within `home`. */
function find(home, base, address) {
  let asked;
  try {
    asked = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return;
  }
  if (!asked.startsWith(base)) return;
  const file = path.join(home, asked.slice(base.length), asked.endsWith('/') ? 'index.html' : '');
  if (file !== home && !file.startsWith(home + path.sep)) return;
  return statSync(file, {throwIfNoEntry: false})?.isFile() ? file : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {port: {type: 'string', default: '8080'}, base: {type: 'string', default: '/'}},
  });
  const {address} = await serveStatic(positionals[0] ?? 'web/dist', {port: Number(values.port), base: values.base});
  console.log(address);
}
