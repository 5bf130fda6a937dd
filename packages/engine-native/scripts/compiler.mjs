/** The C++ compiler at hand, and the machine that it compiles for. */
import { spawnSync } from 'node:child_process';

/**
 * The compiler that $CXX names, with arguments where it has some (`ccache g++`); else the first of g++, clang++ and c++.
 *
 * @returns undefined where none of them runs.
 */
export function findCompiler() {
  for (const name of process.env.CXX ? [process.env.CXX] : ['g++', 'clang++', 'c++']) {
    const [command, ...args] = name.trim().split(/\s+/);
    const ask = (question) => spawnSync(command, [...args, question], { encoding: 'utf8' });
    const { status, stdout: version } = ask('--version');
    if (status === 0) return { command, args, version, target: targetOf(ask('-dumpmachine').stdout.trim()) };
  }
  return undefined;
}

/**
 * The machine that a compiler's triple names, in Node.js' words: `x86_64-linux-gnu` is linux-x64,
 * `aarch64-alpine-linux-musl` is linux-arm64-musl, `arm64-apple-darwin23` is darwin-arm64.
 */
function targetOf(triple) {
  const [machine] = triple.split('-');
  const arch = { x86_64: 'x64', amd64: 'x64', aarch64: 'arm64' }[machine] ?? machine;
  const platform = ['linux', 'darwin', 'freebsd'].find((name) => triple.includes(name)) ?? process.platform;
  return { platform, arch, name: `${platform}-${arch}${triple.includes('musl') ? '-musl' : ''}` };
}
