import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findAddon, thisMachine } from './find-addon.js';

let folder: string;
const named = process.env.NETSPACE_NATIVE_ADDON;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  delete process.env.NETSPACE_NATIVE_ADDON;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (named !== undefined) process.env.NETSPACE_NATIVE_ADDON = named;
});

function put(...path: string[]): string {
  const file = join(folder, ...path, 'netspace_native.node');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

describe('findAddon(folder, target)', () => {
  test('takes the prebuilt addon of the target', () => {
    put('prebuilds', 'linux-x64-musl');
    const prebuilt = put('prebuilds', 'linux-x64');
    expect(findAddon(folder, 'linux-x64')).toBe(prebuilt);
  });

  test('prefers what was built on this machine', () => {
    put('prebuilds', 'linux-x64');
    const built = put('build');
    expect(findAddon(folder, 'linux-x64')).toBe(built);
  });

  test('takes what NETSPACE_NATIVE_ADDON names, and nothing else where that is missing', () => {
    put('build');
    process.env.NETSPACE_NATIVE_ADDON = put('own');
    expect(findAddon(folder, 'linux-x64')).toBe(process.env.NETSPACE_NATIVE_ADDON);
    process.env.NETSPACE_NATIVE_ADDON = '/nowhere/addon.node';
    expect(() => findAddon(folder, 'linux-x64')).toThrow('/nowhere/addon.node, which is not there');
  });

  test('says where it looked, and for which machine', () => {
    put('prebuilds', 'linux-x64');
    expect(() => findAddon(folder, 'darwin-arm64')).toThrow(
      /it was not built \(there is no .*build.netspace_native\.node\), and none is prebuilt for darwin-arm64/,
    );
  });
});

test('thisMachine() has the words of Node.js', () => {
  expect(thisMachine()).toMatch(new RegExp(`^${process.platform}-${process.arch}(-musl)?$`));
});
