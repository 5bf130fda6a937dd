import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('../bench/kernels.mjs', import.meta.url));

test('each kernel equals plain loops, on every instruction set: odd shapes, those of reference networks and sampled ones', () => {
  const { status, stdout } = spawnSync(process.execPath, [program, 'test'], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^[1-9]\d+ compared, 0 failed, [1-9]\d+ shapes of networks\n$/),
  });
}, 600_000);
