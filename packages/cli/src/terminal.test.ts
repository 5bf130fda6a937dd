import { describe, expect, test } from '@jest/globals';
import { Screen } from './fixtures/screen.js';
import { Terminal } from './terminal.js';

const term = process.env.TERM;

/** What stands on a terminal where output and errors are one screen. */
function show(columns: number, act: (terminal: Terminal, screen: Screen) => void): string {
  process.env.TERM = 'xterm';
  try {
    const screen = new Screen(columns);
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
});
