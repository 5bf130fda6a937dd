import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import { designSpaceSchema } from '@netspace/design-space';
import { z } from 'zod';
import { pluginText, smallStudy, StudyFolder } from './fixtures/study-folder.js';
import { documentSections, studyFileDocument } from './study-file-document.js';
import { examples } from './study-file-examples.js';

test('docs/study-file.md is what the schemas say: node tools/write-study-file-doc.mjs writes it anew', () => {
  expect(readFileSync(new URL('../../../docs/study-file.md', import.meta.url), 'utf8')).toBe(studyFileDocument());
});

describe('documentSections()', () => {
  test('every key has a description', () => {
    const silent = documentSections().flatMap(({ title, keys }) =>
      keys.flatMap(({ key, description }) => (description === '' ? [`${title}: ${key}`] : [])),
    );
    expect(silent).toEqual([]);
  });

  test('every key is in the example of its section', () => {
    const missing = documentSections().flatMap(({ title, keys, example }) =>
      keys.flatMap(({ key }) =>
        new RegExp(`\\b${key.split('.').at(-1)!}: `).test(example.replaceAll('\n', ' ')) ? [] : [`${title}: ${key}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  test('a key of some alternatives says with which it goes, one of all does not', () => {
    const { keys } = documentSections().find(({ title }) => title === 'recipe')!;
    const descriptions = (name: string): string[] =>
      keys.flatMap(({ key, description }) => (key === `learningRate.${name}` ? [description] : []));
    expect(descriptions('factor')).toEqual([expect.stringMatching(/ With `schedule: step`\.$/)]);
    expect(descriptions('base')).toEqual([expect.not.stringContaining('With')]);
  });
});

describe('The examples of the document', () => {
  let folder: StudyFolder;
  beforeEach(() => {
    folder = new StudyFolder();
    folder.write('mine.mjs', pluginText('mine'));
    folder.write('narrow.yaml', 'name: narrow\nextends: AnyNetX-E\nparameters: { w: { high: 256 } }\n');
  });
  afterEach(() => folder.remove());

  const alternatives = examples.recipe.replace(/ {2}learningRate.*\n {2}# learningRate/, '  learningRate');
  const { study, settings, recipe, evaluator, slurm, dataset } = examples;

  test.each([study, settings, recipe, alternatives, evaluator, slurm, ...Object.values(dataset)])(
    '%s',
    async (example) => {
      const sections = z.record(z.string(), z.unknown());
      const keys = Object.keys(parseConfig(example, 'example.yaml', sections));
      const rest = smallStudy.split('\n').filter((line) => !keys.includes(line.split(':')[0]!));
      const evaluates = example.includes('external') ? '\nevaluator: { command: [python3, train.py] }\n' : '\n';
      await expect(folder.read(`${rest.join('\n')}${evaluates}${example}`)).resolves.toMatchObject({
        replicates: expect.any(Number),
      });
    },
  );

  test('of a space, by both ways to say a parameter', () => {
    expect(parseConfig(examples.space, 'space.yaml', designSpaceSchema()).block).toBe('y');
    const tied = examples.space
      .split('\n')
      .find((line) => line.includes('equals'))!
      .replace('# ', '');
    expect(
      parseConfig(`name: tied\nextends: RegNetX\n${tied}`, 'space.yaml', designSpaceSchema()).parameters,
    ).toMatchObject({
      w_a: { equals: 'w_0' },
    });
  });
});
