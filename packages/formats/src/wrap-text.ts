/**
 * Breaks each line of a text between words so that none is wider; a word that is wider itself stays whole.
 *
 * @param text - Lines that fit stay as they are; the others keep their indentation.
 * @param width - Characters, at least 1.
 * @example
 * import { wrapText } from '@netspace/formats';
 * wrapText('one two three', 8); // => 'one two\nthree'
 */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const indentation = /^ */.exec(line)![0];
  const lines: string[] = [];
  let current = indentation;
  for (const word of line.trim().split(/ +/)) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`;
    if (longer.length <= width || current.trim() === '') current = longer;
    else {
      lines.push(current);
      current = indentation + word;
    }
  }
  return [...lines, current].join('\n');
}
