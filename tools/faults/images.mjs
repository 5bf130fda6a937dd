/** Images that are cut, changed or gone while a run goes on. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { areEqual, childrenOf, draw, finish, netspace, recordsIn, signal, startNetspace, wholeOf } from './a-run.mjs';

const side = 8;

/** A NumPy array of bytes. */
function npy(shape, bytes) {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.map((length) => `${length},`).join(' ')}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8]),
    Buffer.from(header),
    bytes,
  ]);
}

const parts = { train: 64, test: 32 };
const pixels = (count) =>
  Buffer.from(Uint8Array.from({ length: count * side * side }, (_, index) => (index * 7919) % 251));

function writeWhole(folder) {
  for (const [part, count] of Object.entries(parts)) {
    writeFileSync(join(folder, `${part}_images.npy`), npy([count, side, side], pixels(count)));
    writeFileSync(
      join(folder, `${part}_labels.npy`),
      npy([count], Buffer.from(Uint8Array.from({ length: count }, (_, index) => index % 4))),
    );
  }
}

const troubles = {
  changed(folder) {
    const images = pixels(parts.train);
    images[100] ^= 1;
    writeFileSync(join(folder, 'train_images.npy'), npy([parts.train, side, side], images));
  },
  cut(folder) {
    const file = npy([parts.train, side, side], pixels(parts.train));
    writeFileSync(join(folder, 'train_images.npy'), file.subarray(0, file.length - 50));
  },
  gone: (folder) => rmSync(join(folder, 'train_images.npy')),
};

export const images = {
  name: 'the files of images are changed, cut or gone, and a worker is lost',
  async run({ folder, images: study, random }, times) {
    const place = join(folder, 'images');
    writeWhole(place);
    const whole = await wholeOf(study);
    let [told, equal, runs] = [0, true, 0];
    for (let time = 0; time < times; time++) {
      const directory = join(folder, `images-${runs++}`);
      await draw(study, directory);
      const { child, ended } = startNetspace([
        'study',
        'train',
        study,
        '--out',
        directory,
        '--resume',
        '--workers',
        '2',
      ]);
      // Once it trains: the images are others, and workers must load them anew.
      while (recordsIn(directory) === 0 && child.exitCode === null) await setTimeout(10);
      await setTimeout(random() * 100);
      Object.values(troubles)[time % 3](place);
      for (const id of await childrenOf(child.pid)) signal(id, 'SIGKILL');
      const { status, errors } = await ended;
      if (status === 0 && recordsIn(directory) === whole.size) {
        time--; // It was done before.
        writeWhole(place);
        continue;
      }
      if (status === 1 && /images|npy/.test(errors) && !errors.includes('    at ')) told++;
      else console.error(`ended with ${status}: ${errors}`);
      // Where the images stay others, the run does not go on.
      if (time % 3 === 0 && (await netspace(['study', 'train', study, '--out', directory, '--resume'])).status === 0)
        equal = false;
      writeWhole(place);
      equal = areEqual(await finish(study, directory), whole) && equal;
    }
    return { times, seen: `${told} told`, equal: equal && told === times };
  },
};
