import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const addonName = 'netspace_native.node';
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Where the addon is: what the environment variable `NETSPACE_NATIVE_ADDON` names; else in the package's folder what was
 * built on this machine, or else the prebuilt one that fits it.
 *
 * @throws Error where there is none.
 */
export function findAddon(folder = packageFolder, target?: string): string {
  const named = process.env.NETSPACE_NATIVE_ADDON;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`NETSPACE_NATIVE_ADDON names ${named}, which is not there`);
  }
  const built = join(folder, 'build', addonName);
  if (existsSync(built)) return built;
  // What Node.js reports of itself takes up to a tenth of a second.
  const machine = target ?? thisMachine();
  const prebuilt = join(folder, 'prebuilds', machine, addonName);
  if (existsSync(prebuilt)) return prebuilt;
  throw new Error(`it was not built (there is no ${built}), and none is prebuilt for ${machine}`);
}

/** This machine as prebuilt addons are named: `linux-x64`, `linux-arm64-musl`, `darwin-arm64`. */
export function thisMachine(): string {
  return `${process.platform}-${process.arch}${process.platform === 'linux' && !hasGlibc() ? '-musl' : ''}`;
}

/** Whether Node.js runs on the GNU C library, which it then names in its report. */
function hasGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}
