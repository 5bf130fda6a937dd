/**
 * Lints every package as `npm run lint` does inside one, in one process and as one TypeScript program: what several packages
 * import is read, and its types are worked out, once. All packages are compiled with the same options.
 */
import { ESLint } from 'eslint';
import { root } from './workspace.mjs';

// typescript-eslint would else watch the files for changes.
process.env.TSESTREE_SINGLE_RUN = 'true';

const parserOptions = { projectService: false, project: 'tools/tsconfig.packages.json', tsconfigRootDir: root };
const eslint = new ESLint({ cwd: root, overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions } } });
const results = await eslint.lintFiles('packages');
const { format } = await eslint.loadFormatter();
process.stdout.write(await format(results));
process.exit(results.some(({ errorCount }) => errorCount > 0) ? 1 : 0);
