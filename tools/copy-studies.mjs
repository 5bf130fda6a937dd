/** Copies the study files of studies/ into the built package study, which ships them. Usage: node tools/copy-studies.mjs */
import { cpSync, rmSync } from 'node:fs';

const shipped = new URL('../packages/study/dist/studies/', import.meta.url);
rmSync(shipped, { recursive: true, force: true });
cpSync(new URL('../studies/', import.meta.url), shipped, { recursive: true });
