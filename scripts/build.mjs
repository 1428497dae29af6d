// npm run build: the site in web/dist, for any file server, and the Worker in worker/build.

import {site, worker} from './lib/made.mjs';
import {wentOnElsewhere} from './lib/own-node.mjs';
import {main, together} from './lib/run.mjs';
import {setup} from './lib/setup.mjs';

await main(async () => {
  await setup({for: 'start'});
  if (await wentOnElsewhere(import.meta.url)) return;
  await together(worker, site);
  console.log(
    '\nThe site is in web/dist: any file server can serve it, under any path. The Worker is in worker/build.',
  );
});
