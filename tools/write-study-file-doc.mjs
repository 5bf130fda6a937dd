/** Writes docs/study-file.md from the schemas that read study files. Usage: node tools/write-study-file-doc.mjs, in a built clone. */
import { writeFileSync } from 'node:fs';
import { studyFileDocument } from '@netspace/study';

writeFileSync(new URL('../docs/study-file.md', import.meta.url), studyFileDocument());
