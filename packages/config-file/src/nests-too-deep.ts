import type { CST } from 'yaml';
import { yaml } from '#yaml';

/** Levels of lists and maps that a text may have: far more than any configuration, far fewer than exhaust the stack. */
const mostLevels = 200;

/**
 * Whether a YAML text has more levels than can be read safely: the library reads them by recursion, and a regular
 * expression that meets the end of the stack ends the process.
 *
 * Counted from the tokens, and at most twice too low: a level of block style takes a column of indentation or an
 * indicator (`- - a`), one of flow style a bracket.
 */
export function nestsTooDeep(text: string): boolean {
  let block = 0;
  let flow = 0;
  let atLineStart = true;
  const { CST, Lexer } = yaml();
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === 'flow-seq-start' || type === 'flow-map-start') flow++;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flow--;
    else if (flow === 0) block = blockLevels(type, token, atLineStart, block);
    atLineStart = type === 'newline';
    if (block + flow > mostLevels) return true;
  }
  return false;
}

function blockLevels(type: CST.TokenType | null, token: string, atLineStart: boolean, levels: number): number {
  if (type === 'newline') return 0;
  if (type === 'space') return atLineStart ? token.length : levels;
  return type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind' ? levels + 1 : levels;
}
