/** Checks that every relative link of the documentation leads to a file, and every `#anchor` to a heading in it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './workspace.mjs';

const listing = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const files = listing.stdout.trim().split('\n');

const anchorsOf = (text) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

function isBroken(file, link) {
  const [path, anchor] = link.split('#');
  const target = path === '' ? join(root, file) : join(root, dirname(file), path);
  if (!existsSync(target)) return true;
  if (anchor === undefined) return false;
  return statSync(target).isDirectory() || !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
}

const broken = files.flatMap((file) => {
  const text = readFileSync(join(root, file), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
  return links.filter((link) => !/^\w+:/.test(link) && isBroken(file, link)).map((link) => `${file}: ${link}`);
});
for (const link of broken) console.error(`broken link: ${link}`);
console.log(`${files.length} documents, ${broken.length} broken links`);
process.exit(broken.length === 0 ? 0 : 1);
