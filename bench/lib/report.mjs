// The report: one table per workload, as markdown.

import {readFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {at} from '../../scripts/lib/tools.mjs';
import {YARDSTICK} from './contestants.mjs';
import {figure, markdown, time} from './markdown.mjs';
import {spread} from './statistics.mjs';

export function report({run, list, absent, sizes, quick, seconds, crowd}) {
  const {problems, times} = run;
  const lines = ['# Benchmarks', ''];
  const [cpu] = cpus();
  lines.push(
    `Measured by \`npm run bench\` in one run of ${Math.round(seconds)} s: ${times.rounds} interleaved round${times.rounds === 1 ? '' : 's'}, each contestant in a process of its own,` +
      ` on ${cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}.` +
      ' A figure is the median of the rounds; in brackets the least and the most. × is the ratio to the plain JavaScript walker, whose row has the time itself.' +
      ' How it is measured, and what each contestant is: `bench/README.md`.',
    '',
    'To measure again: `npm run bench -- --write docs/benchmarks.md`. What parts of the engine cost: `cargo bench -p treebot`.',
    '',
  );
  if (quick) lines.push('**A quick run: one short round, to see that everything works. Its figures mean little.**', '');
  if (crowd) {
    lines.push(
      `**The machine was busy with other things (load ${crowd.toFixed(1)} on ${cpus().length} processors): slow contestants look slower than they are, as they are interrupted more often.**`,
      '',
    );
  }
  for (const workload of list) lines.push(...table(run, workload, list));
  if (sizes.length) lines.push(...downloadTable(sizes));
  lines.push('## Who takes part', '', ...run.players.map(introduce), '');
  if (absent.length) {
    lines.push('## Not here', '', ...absent.map(({name, missing}) => `- ${name}: ${missing}`), '');
  }
  if (problems.length) lines.push('## Problems', '', ...problems.map((problem) => `- ${problem}`), '');
  return lines.join('\n');
}

function table(run, workload, list) {
  const {columns, title} = workload;
  const other = list.find(({name}) => name === workload.beside);
  const players = run.playersOf(workload);
  const yardstick = players.find(({name}) => name === YARDSTICK);
  const results = (player) => columns.map((column) => run.result(player, workload, column));
  const rows = players
    .map((player) => ({player, all: results(player)}))
    .sort((a, b) => rank(a) - rank(b))
    .map(({player, all}) => {
      const beside = player !== yardstick && yardstick ? results(yardstick) : [];
      return [
        player.title,
        ...all.map((result, index) => {
          const own = other && run.result(player, other, other.columns[index]);
          return cell(workload, columns[index], result, beside[index]) + ratioTo(own, result);
        }),
      ];
    });
  if (!rows.length) return [];
  return [`## ${title}`, '', ...markdown(['', ...columns.map(({title}) => title)], rows), ''];
}

/** A contestant in a line, with the version of what it is made from. */
function introduce({title, about, from}) {
  const [registry, name] = from?.split(':') ?? [];
  const version = registry === 'npm' ? npmVersion(name) : registry && crateVersion(name);
  return `- **${title}**${version ? ` (${version})` : ''}: ${about ?? ''}`;
}

function npmVersion(name) {
  const {packages} = JSON.parse(readFileSync(at('bench/package-lock.json'), 'utf8'));
  const {version, name: real = name} = packages[`node_modules/${name}`];
  return `${real} ${version}`;
}

function crateVersion(name) {
  const [, version] = readFileSync(at('bench/native/Cargo.lock'), 'utf8').match(`name = "${name}"\nversion = "(.+)"`);
  return `${name} ${version}`;
}

/** The yardstick stands first, then Treebot, then the others, fast ones first. */
function rank({player: {name}, all}) {
  if (name === YARDSTICK) return -2;
  if (name.startsWith('treebot')) return -1;
  const round = all.find(({rounds}) => rounds.length)?.rounds[0] ?? Number.MAX_VALUE;
  return round.bytes ?? round;
}

function cell({kind, unit}, column, result, yardstick) {
  if (!result.rounds.length) return result.why ?? '';
  if (kind === 'memory') {
    const source = Buffer.byteLength(column.tree.source);
    const {median: live} = spread(result.rounds.map(({bytes}) => bytes / source));
    const {median: rss} = spread(result.rounds.map((round) => round.rss / source));
    // What the process has given back meanwhile is more than a small tree takes: then it tells nothing.
    return rss > 0 ? `${figure(live)} × (process ${figure(rss)} ×)` : `${figure(live)} ×`;
  }
  if (!yardstick || unit === 'time') {
    const {median, least, most} = spread(result.rounds);
    return result.rounds.length === 1 ? time(median) : `${time(median)} (${time(least)} – ${time(most)})`;
  }
  if (!yardstick.rounds.length) return time(spread(result.rounds).median);
  // Round by round: what slows the machine down for a while slows both.
  const ratios = result.rounds.map((ns, round) => ns / (yardstick.rounds[round] ?? spread(yardstick.rounds).median));
  const {median, least, most} = spread(ratios);
  const fewer = ratios.length < yardstick.rounds.length ? `, ${ratios.length} rounds` : '';
  return ratios.length === 1
    ? `${figure(median)} × (one round)`
    : `${figure(median)} × (${figure(least)} – ${figure(most)}${fewer})`;
}

/** How many times as long as the same contestant takes for another workload, round by round. */
function ratioTo(own, {rounds}) {
  if (!own?.rounds.length || !rounds.length) return '';
  const {median} = spread(rounds.map((ns, round) => ns / (own.rounds[round] ?? spread(own.rounds).median)));
  return `, ${figure(median)} ×`;
}

function downloadTable(sizes) {
  const kb = (bytes) => `${figure(bytes / 1000)}`;
  const rows = sizes.map(({player, raw, gzip, brotli, why}) =>
    why ? [player.title, why, '', ''] : [player.title, kb(raw), kb(gzip), kb(brotli)],
  );
  return [
    '## Download: the runtime, bundled and minified, in KB',
    '',
    ...markdown(['', 'plain', 'gzip', 'brotli'], rows),
    '',
  ];
}
