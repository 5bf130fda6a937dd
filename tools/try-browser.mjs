/**
 * Bundles packages for a browser and computes the same with each in headless Chromium and in Node.js: a file of browser/
 * exports `compute()`, named after the package that it calls, and may export what is `expected` of both.
 * Bundling fails where a package needs what only Node.js has. Skipped where there is no Chromium.
 * Usage: try-browser.mjs [NAME ...], by default every package that has a file.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

const programs = join(root, 'tools/browser');

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (command) => spawnSync(command, ['--version']).status === 0,
);

/** A script that computes the value of a program and leaves it in the page, as text that needs no escapes. */
async function bundle(name) {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { compute } from './${name}.mjs';
        const result = document.getElementById('${name}');
        try {
          result.textContent = encodeURIComponent(JSON.stringify({ value: await compute() }));
        } catch (error) {
          result.textContent = encodeURIComponent(JSON.stringify({ failure: String(error.stack) }));
        }`,
      resolveDir: programs,
    },
    bundle: true,
    charset: 'ascii',
    format: 'esm',
    logLevel: 'silent',
    platform: 'browser',
    target: 'es2023',
    write: false,
  });
  return `<pre id="${name}"></pre><script type="module">${outputFiles[0].text}</script>`;
}

/** What the scripts left in the page. */
function openPage(scripts) {
  const folder = mkdtempSync(join(tmpdir(), 'netspace-browser-'));
  try {
    const page = join(folder, 'page.html');
    writeFileSync(page, `<!doctype html><meta charset="utf-8">${scripts.join('')}`);
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=60000', '--dump-dom'];
    const { status, stdout, stderr } = spawnSync(browser, [...options, `file://${page}`], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`${browser} failed: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultIn(dom, name) {
  const text = dom.match(new RegExp(`<pre id="${name}">([^<]*)</pre>`))?.[1] ?? '';
  return text === '' ? { failure: 'the script left no result' } : JSON.parse(decodeURIComponent(text));
}

/** What is wrong with a result, or nothing. */
async function problemOf(name, { value, failure }) {
  if (failure !== undefined) return failure;
  const { compute, expected } = await import(join(programs, `${name}.mjs`));
  const inNode = JSON.parse(JSON.stringify(await compute()));
  const difference = `the browser computes ${JSON.stringify(value)}, but`;
  if (!isDeepStrictEqual(value, inNode)) return `${difference} Node.js ${JSON.stringify(inNode)}`;
  if (expected !== undefined && !isDeepStrictEqual(value, expected))
    return `${difference} ${JSON.stringify(expected)} is right`;
  return undefined;
}

if (browser === undefined) {
  console.log('Skipped: the packages in a browser (there is no Chromium; on Debian, apt-get install chromium)');
  process.exit(0);
}
const known = readdirSync(programs).map((file) => file.replace('.mjs', ''));
const names = process.argv.length > 2 ? process.argv.slice(2) : known;

const bundles = await Promise.allSettled(names.map(bundle));
const dom = openPage(bundles.flatMap(({ value }) => value ?? []));
let failed = false;
for (const [index, name] of names.entries()) {
  const { reason } = bundles[index];
  const problem = await problemOf(name, reason ? { failure: reason.message } : resultIn(dom, name));
  console.log(problem === undefined ? `ok ${name}` : `FAILED ${name}: ${problem}`);
  failed ||= problem !== undefined;
}
process.exit(failed ? 1 : 0);
