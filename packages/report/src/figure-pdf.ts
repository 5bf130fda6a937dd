import { createRequire } from 'node:module';
import type { TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js';

/** Of what takes the colour of the text around it elsewhere. */
const ink = '#1a1a1a';

/** What is used of pdfmake's main module, which has no declarations of its own for Node. */
interface PdfMaker {
  setFonts(fonts: TFontDictionary): void;
  setUrlAccessPolicy(mayRead: (url: string) => boolean): void;
  setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
  createPdf(document: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> };
}

/**
 * A figure as a PDF of one page of its size, with its fonts in it: vector graphics for a paper. The same figure gives the
 * same bytes. Node.js only.
 *
 * @param svg - As `drawFigures` draws it.
 * @example
 * import { figurePdf } from '@netspace/report/pdf';
 * const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0,0h40v20z"/></svg>';
 * Buffer.from(await figurePdf(svg)).toString('latin1').slice(0, 4); // => '%PDF'
 */
export async function figurePdf(svg: string): Promise<Uint8Array> {
  const [, width, height] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.map(Number);
  const page = { width: width!, height: height! };
  const drawing = svg.replaceAll('currentColor', ink).replaceAll(/font-family="[^"]*"/g, 'font-family="Roboto"');
  return pdfMaker()
    .createPdf({
      pageSize: page,
      pageMargins: 0,
      content: [{ svg: drawing, ...page }],
      // What no reader sees, and what would differ each time.
      info: { creationDate: new Date(0), modDate: new Date(0) },
    })
    .getBuffer();
}

let maker: PdfMaker | undefined;

/** It takes a third of a second to load: only who writes a PDF waits for it. */
function pdfMaker(): PdfMaker {
  if (maker !== undefined) return maker;
  const load = createRequire(import.meta.url);
  maker = load('pdfmake') as PdfMaker;
  maker.setFonts(load('pdfmake/fonts/Roboto.js') as TFontDictionary);
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy((path) => path.endsWith('.ttf'));
  return maker;
}
