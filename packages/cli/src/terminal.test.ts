import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { Screen } from './fixtures/screen.js';
import { type Page, Terminal } from './terminal.js';

const term = process.env.TERM;

/** What stands on a terminal where output and errors are one screen. */
function show(columns: number, act: (terminal: Terminal, screen: Screen) => void, rows?: number): string {
  process.env.TERM = 'xterm';
  try {
    const screen = new Screen(columns, rows);
    act(new Terminal(screen.stream, screen.stream), screen);
    return screen.text;
  } finally {
    if (term === undefined) delete process.env.TERM;
    else process.env.TERM = term;
  }
}

describe('Terminal', () => {
  test('notes stand above a bar, and what follows it overwrites none of them', () => {
    const text = show(60, (terminal) => {
      terminal.print('Evaluator: native');
      const bar = terminal.progress('train', 3);
      bar.update(1);
      terminal.note('A 1 failed:\nthe reason');
      bar.update(2);
      terminal.note('A 2 failed: another reason');
      bar.update(3);
      bar.stop();
      terminal.printTable(['space', 'n'], [['A', 3]]);
    });
    expect(text).toBe(
      ['Evaluator: native', 'A 1 failed:', 'the reason', 'A 2 failed: another reason', 'space  n', 'A      3', ''].join(
        '\n',
      ),
    );
  });

  test('a bar is one line, cut where the terminal ends', () => {
    let shown: string[] = [];
    show(50, (terminal, screen) => {
      const bar = terminal.progress('train', 4);
      bar.update(2, 'AnyNetX-E 873678cd6957 error 90.00 %', 61);
      terminal.note('a note');
      shown = screen.text.split('\n');
      bar.stop();
    });
    expect(shown).toEqual(['a note', expect.stringMatching(/^train █+░+ 2\/4, 1/)]);
    expect(shown[1]!.length).toBeLessThan(50);
  });

  test('lines and tables break between words', () => {
    const text = show(24, (terminal) => {
      terminal.note('netspace: there is no such file');
      terminal.printTable(['space', 'networks', 'file'], [['A', 4, 'runs/mine/A.json']]);
    });
    expect(text).toBe(
      [
        'netspace: there is no',
        'such file',
        'space  networks',
        '  file',
        'A             4',
        '  runs/mine/A.json',
        '',
      ].join('\n'),
    );
  });

  /** A page whose lines do not fit. */
  const drawn = (trained: number) => (page: Page) => {
    page.printTable(['space', 'results'], [['A', trained]]);
    page.print(`${trained} of 10 trainings have a result`);
  };

  test('a page takes the place of the one before, unless something was written between', () => {
    const text = show(28, (terminal) => {
      for (const trained of [0, 9, 9, 10]) terminal.redraw(drawn(trained));
      terminal.note('a note');
      for (const trained of [3, 4]) terminal.redraw(drawn(trained));
      terminal.print('Next');
    });
    const page = (trained: string): string[] => [
      ...['space  results', `A           ${trained}`],
      ...[`${trained.trim()} of 10 trainings have a`, 'result'],
    ];
    expect(text).toBe([...page('10'), 'a note', ...page(' 4'), 'Next', ''].join('\n'));
  });

  test('of a page that is higher than the terminal the last lines are there', () => {
    const text = show(
      40,
      (terminal) => {
        for (const trained of [1, 2]) terminal.redraw(drawn(trained));
      },
      3,
    );
    expect(text).toBe(['A            2', '2 of 10 trainings have a result', ''].join('\n'));
  });

  test('where there is no screen a page comes below the one before, and only where it differs', () => {
    const output = new PassThrough();
    const terminal = new Terminal(output as unknown as NodeJS.WriteStream);
    for (const trained of [1, 1, 2]) terminal.redraw(drawn(trained));
    const page = (trained: number): string =>
      `space  results\nA            ${trained}\n${trained} of 10 trainings have a result\n`;
    expect(String(output.read())).toBe(`${page(1)}\n${page(2)}`);
  });
});
