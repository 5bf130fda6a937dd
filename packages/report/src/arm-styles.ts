import type { ArmStyle } from '@netspace/contracts';

/** Okabe and Ito's palette for all kinds of colour vision, without black, and three of Tol's: legible on white and on dark. */
const palette = [
  ...['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'],
  ...['#AA4499', '#999933', '#882255'],
] as const;

/** Three arms are solid, then three of each dash: no pair of colour and dash comes twice among 36 arms. */
const dashes = [
  [1, 0],
  [5, 2],
  [2, 2],
  [7, 2, 2, 2],
] as const;

/** Seven to nine colours: no pair of colour and shape comes twice among 63 arms. */
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-left'] as const;

/** How arms are drawn, by name. */
export function armStyles(names: readonly string[]): Record<string, ArmStyle> {
  const slugs = slugsOf(names);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        slug: slugs[index]!,
        colour: palette[index % palette.length]!,
        dash: dashes[Math.floor(index / 3) % dashes.length]!,
        shape: shapes[index % shapes.length]!,
      },
    ]),
  );
}

/** Names in letters, digits and hyphens, numbered where one would be there twice. */
function slugsOf(names: readonly string[]): string[] {
  const slugs = new Set<string>();
  for (const name of names) {
    const base = slugOf(name);
    let slug = base;
    for (let number = 2; slugs.has(slug); number++) slug = `${base}-${number}`;
    slugs.add(slug);
  }
  return [...slugs];
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'arm' : slug;
}
