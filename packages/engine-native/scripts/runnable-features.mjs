/** Which instruction sets of x86-64 the machine at hand runs. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As native/program/instruction_set.cc asks for them when the addon is loaded. */
const features = {
  avx2: ['avx2', 'fma'],
  avx512: ['avx2', 'fma', 'avx512f', 'avx512dq', 'avx512vl', 'avx512bw'],
  bfloat16: ['avx2', 'fma', 'avx512f', 'avx512dq', 'avx512vl', 'avx512bw', 'avx512bf16', 'avx512vbmi2'],
};

/** All of them: what an addon has that is packed for others. */
export const allFeatures = Object.keys(features);

/**
 * Asks a program that it compiles in `folder`.
 *
 * @returns some of `avx2`, `avx512` and `bfloat16`; all of them where the program cannot be run.
 */
export function runnableFeatures(compiler, folder) {
  const source = join(folder, 'features.cc'),
    program = join(folder, 'features');
  const ask = (instructions) => instructions.map((name) => `__builtin_cpu_supports("${name}")`).join(' && ');
  const lines = Object.entries(features).map(([name, needed]) => `if (${ask(needed)}) puts("${name}");`);
  writeFileSync(source, `#include <stdio.h>\nint main() { __builtin_cpu_init(); ${lines.join(' ')} }\n`);
  const { status: compiled } = spawnSync(compiler.command, [...compiler.args, source, '-o', program]);
  const { status, stdout } = spawnSync(program, { encoding: 'utf8' });
  for (const file of [source, program]) rmSync(file, { force: true });
  return compiled === 0 && status === 0 ? stdout.split('\n').filter(Boolean) : allFeatures;
}
