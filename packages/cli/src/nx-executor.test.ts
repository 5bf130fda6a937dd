import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { fixture, resultOf } from './fixtures/netspace.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Calls the executor of the study targets as Nx does, and says as exit status what it answers. */
const program = `
  const [root, options] = process.argv.slice(1);
  require(root + '/tools/nx/study.cjs')(JSON.parse(options), { root }).then(({ success }) => process.exit(success ? 0 : 1));
`;

function execute(options: Readonly<Record<string, unknown>>) {
  const args = ['-e', program, root, JSON.stringify(options)];
  return resultOf(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
}

test('the Nx executor passes every option on, and no shell reads any: blanks and `; x` are parts of names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  try {
    const study = join(folder, 'a study.yaml');
    writeFileSync(study, readFileSync(fixture('tiny.yaml')));
    const out = join(folder, 'out; mkdir x; $(mkdir y)');
    const sampled = await execute({ step: 'sample', study, out });
    expect([sampled.status, sampled.errors]).toEqual([0, '']);
    expect(existsSync(join(out, 'run.json'))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['a study.yaml', 'out; mkdir x; $(mkdir y)']);
    // Words behind the options reach it as `_`; a flag is a flag, and a repeated option is repeated.
    const options = { step: 'run', study, out, _: [], dryRun: true, plugin: ['./no; x.mjs', './other.mjs'] };
    const refused = await execute(options);
    expect([refused.status, refused.errors]).toEqual([1, expect.stringContaining('no; x.mjs: no such module')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
