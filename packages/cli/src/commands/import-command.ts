import { basename, extname } from 'node:path';
import { Command } from 'commander';
import { readText } from '@netspace/config-file/node';
import { type ImportedStudy, InvalidInputError } from '@netspace/contracts';
import { hashOfText } from '@netspace/content-hash';
import { type NamedText, readJsonLines, readSweeps, readTable } from '@netspace/imports';
import { defaultDirectory, importStudy } from '@netspace/orchestrator';
import { commandOf } from '../command-line.js';
import { printAnalysis } from '../describe-analysis.js';
import { printClaims } from '../describe-claims.js';
import { type FigureFlags, figuresOf, withFigures } from '../figures-option.js';
import { loadModules, pluginOption } from '../plugins-option.js';
import type { Terminal } from '../terminal.js';
import { watched } from './study/watched.js';

interface Flags extends FigureFlags {
  readonly columns?: string;
  readonly out?: string;
  readonly plugin: readonly string[];
}

/** `netspace import FILE...` */
export function importCommand(terminal: Terminal): Command {
  const command = new Command('import')
    .description('Analyses populations that were trained elsewhere, and draws their report as that of a study.')
    .argument('<files...>', 'a CSV table with --columns, JSON lines (.jsonl), or sweeps of pycls (.json), one a space')
    .option('--columns <file>', 'YAML file that says what the columns of a table are')
    .option('--out <directory>', 'folder of the results (default: runs/ and the name)')
    .addOption(pluginOption());
  return withFigures(command).action(async (files: readonly string[], flags: Flags) => {
    const texts = [...files, ...(flags.columns === undefined ? [] : [flags.columns])].map(readNamed);
    const study = readResults(texts.slice(0, files.length), texts.at(files.length));
    const directory = flags.out ?? defaultDirectory(study);
    const again = commandOf(['import'], files.join(' '), flags);
    const { folder, analysis } = await watched(terminal, again, async (control) => {
      const { modules: plugins } = await loadModules(flags.plugin);
      return importStudy(study, { directory, sources: sourcesOf(texts), plugins, ...figuresOf(flags), ...control });
    });
    printAnalysis(terminal, analysis);
    printClaims(terminal, analysis.claims);
    terminal.print(`Report: ${folder.report}`);
    if (flags.figures !== undefined) terminal.print(`Figures: ${flags.figures}`);
  });
}

function readNamed(file: string): NamedText {
  return { file, text: readText(file) };
}

/** By the ending of their names. */
function readResults(files: readonly NamedText[], columns: NamedText | undefined): ImportedStudy {
  const [first, second] = files;
  const ending = extname(first!.file).toLowerCase();
  if (ending === '.json') return readSweeps(files);
  if (second !== undefined) {
    const expected = 'one table, one file of JSON lines, or sweeps of pycls (.json)';
    throw new InvalidInputError({ file: second.file, problem: 'is a second file', expected });
  }
  if (ending === '.jsonl' || ending === '.ndjson') return readJsonLines(first!);
  if (columns !== undefined) return readTable(first!, columns);
  const expected = 'a YAML file that says what the columns are; or a file that ends in .jsonl or .json';
  throw new InvalidInputError({ file: first!.file, key: '--columns', problem: 'is not there', expected });
}

/** Hash of each file's text by its name, without its folder: the same elsewhere. */
function sourcesOf(texts: readonly NamedText[]): Record<string, string> {
  return Object.fromEntries(texts.map(({ file, text }) => [basename(file), hashOfText(text)]));
}
