/**
 * The same drawing in a third of the text: marks that are alike are drawn by reference, and what draws nothing is left out
 * (empty and hidden paths, attributes that say the default, those that only scripts and Vega itself read).
 *
 * @param svg - Of Vega.
 * @param name - Begins the ids of marks, so that those of several documents differ.
 */
export function compactSvg(svg: string, name: string): string {
  return sharePaths(withoutEmpties(withoutDefaults(svg)), name);
}

function withoutDefaults(svg: string): string {
  return svg.replace(
    / (?:aria-hidden="true"|aria-roledescription="[^"]*"|role="graphics-[^"]*"|pointer-events="none"|opacity="1"|stroke-width="1"|xmlns:xlink="[^"]*"|class="[^"]*"|x2="0"|y2="0")/g,
    '',
  );
}

function withoutEmpties(svg: string): string {
  return svg.replace(/<path d=""[^>]*\/>|<path[^>]* display="none"\/>|<path d="M0,0h0v0h0Z"[^>]*\/>/g, '');
}

/** A mark at its place: what is drawn may be many times in a figure. */
const placedPath = /<path transform="translate\(([^,)]+),([^)]+)\)" (d="[^"]{24,}"[^>]*)\/>/g;

function sharePaths(svg: string, name: string): string {
  const ids = new Map<string, string>();
  return svg.replace(placedPath, (_, x: string, y: string, drawn: string) => {
    const known = ids.get(drawn);
    if (known !== undefined) return `<use href="#${known}" x="${x}" y="${y}"/>`;
    const id = `${name}-mark-${ids.size}`;
    ids.set(drawn, id);
    return `<defs><path id="${id}" ${drawn}/></defs><use href="#${id}" x="${x}" y="${y}"/>`;
  });
}
