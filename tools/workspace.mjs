/** What the README's commands share: the set-up of a fresh clone, and running Nx. Plain Node, no dependencies. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.netspace-installed');

/**
 * Runs a command in the root of the clone; resolves to its exit status. `onOutput` gets its standard output; where it is
 * `gathered`, all its output is printed when it is through. `env` is put into its environment.
 */
export function run(command, args, { onOutput, gathered = false, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', onOutput || gathered ? 'pipe' : 'inherit', gathered ? 'pipe' : 'inherit'],
      env: { NX_DAEMON: 'false', NX_TUI: 'false', ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    const chunks = [];
    const take = gathered ? (chunk) => chunks.push(chunk) : (chunk) => process.stdout.write(chunk);
    child.stdout?.on('data', (chunk) => {
      take(chunk);
      onOutput?.(String(chunk));
    });
    child.stderr?.on('data', take);
    child.on('error', reject);
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(chunks));
      resolve(status ?? 1);
    });
  });
}

/** Like {@link run}, but ends this process where the command fails. */
export async function mustRun(command, args, options) {
  const status = await run(command, args, options);
  if (status !== 0) process.exit(status);
}

/** Installs what package-lock.json names, unless that was done already. */
export async function install() {
  checkNodeVersion();
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.version.split('.')[0])
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('Installing the packages (from the npm registry)');
  await mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stampFile, stamp);
}

/** Builds every package; what did not change comes from Nx's cache. */
export async function build() {
  console.log('Building the packages');
  await mustRun('npx', ['nx', 'run-many', '--target=build', '--output-style=static']);
}

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`netspace needs Node.js 20.19 or later, but this is ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}
