/**
 * Installs packages as npm packs them, each in a project of its own, all by one pnpm: a file that several projects have is
 * unpacked once and linked, and a package or project finds nothing but what it says it depends on.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, withDependencies } from './packages.mjs';
import { root } from './workspace.mjs';

const pnpm = join(root, 'node_modules/pnpm/bin/pnpm.cjs');

/**
 * Packs the packages and installs them in a folder; what they depend on besides comes from the npm registry or pnpm's store.
 * Ends with an error that says what pnpm said where it fails.
 *
 * @param names - Without the scope.
 * @returns Of each `{ name, manifest, tarball, project }`. The project depends on the package and on what the package
 *   depends on, so that examples can use it too.
 */
export function installPacked(names, folder) {
  const tarballs = pack([...new Set(names.flatMap(withDependencies))], folder);
  const installed = names.map((name) => writeProject(name, tarballs, join(folder, name)));
  writeWorkspace(folder, tarballs);
  const options = ['--ignore-scripts', '--prefer-offline', '--reporter=append-only', '--loglevel=warn'];
  call(process.execPath, [pnpm, 'install', ...options], folder);
  return installed;
}

/** The tarball of each package, by its name without the scope. */
function pack(names, folder) {
  const folders = names.map((name) => packages.get(name).folder);
  const options = ['--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const packed = JSON.parse(call('npm', ['pack', ...options, ...folders], root));
  return new Map(packed.map(({ name, filename }) => [name.replace('@netspace/', ''), join(folder, filename)]));
}

function writeProject(name, tarballs, project) {
  const { manifest } = packages.get(name);
  const dependencies = { [manifest.name]: manifest.version, ...manifest.dependencies };
  mkdirSync(project);
  writeJson(join(project, 'package.json'), { private: true, type: 'module', dependencies });
  return { name, manifest, tarball: tarballs.get(name), project };
}

/** Whoever asks for the version that a package has gets its tarball. */
function writeWorkspace(folder, tarballs) {
  const overrides = [...tarballs].map(([name, file]) => {
    const { manifest } = packages.get(name);
    return [`${manifest.name}@${manifest.version}`, `file:${file}`];
  });
  writeJson(join(folder, 'package.json'), { private: true });
  // JSON is YAML.
  writeJson(join(folder, 'pnpm-workspace.yaml'), {
    packages: ['*'],
    hoist: false,
    overrides: Object.fromEntries(overrides),
  });
}

const writeJson = (file, value) => writeFileSync(file, JSON.stringify(value));

/** What a command prints; where it fails, an error with that. */
function call(command, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error ?? stdout + stderr}`);
  return stdout;
}
