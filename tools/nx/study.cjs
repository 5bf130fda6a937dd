/**
 * The Nx executor of the study targets: `nx run cli:pipeline --study=FILE --data DIR --resume` runs
 * `netspace study run FILE --data DIR --resume`. Every option is passed on, and no shell reads any of them.
 */
const { spawn } = require('node:child_process');
const { join } = require('node:path');

/** `{ dryRun: true, plugin: ['a', 'b'] }` as `--dry-run --plugin a --plugin b`. */
function flagsOf(options) {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (typeof value === 'boolean') return value ? [flag] : [];
    return [value].flat().flatMap((one) => [flag, String(one)]);
  });
}

module.exports = function runStudy({ step, study, _: words = [], ...options }, { root }) {
  const command = join(root, 'packages/cli/bin/netspace.js');
  const args = [command, 'study', step, study, ...words.map(String), ...flagsOf(options)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ success: status === 0 }));
  });
};
