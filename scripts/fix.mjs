// npm run fix: puts everything into the form that the checks want, as far as machines can.

import {main, run, step} from './lib/run.mjs';
import {setup} from './lib/setup.mjs';
import {node, npmTool} from './lib/tools.mjs';

await main(async () => {
  await setup({for: 'start', only: ['npm']});
  await step('formatting Rust', () => run('cargo', ['fmt', '--all']));
  await step('formatting and mending the rest', () =>
    run(node(), [npmTool('@biomejs/biome'), 'check', '--write'], {live: true}),
  );
});
