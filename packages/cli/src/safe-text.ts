/** Control characters but tabs and line breaks: a terminal would obey them. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Up to the last @, since a password may have one. */
const credentials = /\b(rediss?:\/\/)\S*@/g;

/**
 * A text as it may be printed, whoever wrote it: a worker elsewhere, a file, a program. Control characters are shown and not
 * obeyed, and an address of a queue is without user and password.
 */
export function safeText(text: string): string {
  return text.replace(controls, shown).replace(credentials, '$1***@');
}

function shown(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
