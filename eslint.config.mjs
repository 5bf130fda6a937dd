import { readdirSync } from 'node:fs';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Which packages a package may import: docs/architecture.md, and nothing else. */
const mayImport = {
  contracts: [],
  formats: [],
  'content-hash': [],
  random: ['contracts', 'content-hash'],
  'config-file': ['contracts'],
  'quantized-linear': ['contracts'],
  statistics: ['contracts', 'random'],
  'model-builder': ['contracts', 'random', 'config-file', 'quantized-linear'],
  pycls: ['contracts', 'config-file', 'quantized-linear', 'model-builder'],
  'design-space': ['contracts', 'content-hash', 'random', 'config-file', 'quantized-linear', 'model-builder'],
  verification: ['contracts', 'random', 'quantized-linear', 'statistics', 'model-builder', 'pycls', 'design-space'],
  datasets: ['contracts', 'random'],
  'engine-reference': ['contracts'],
  'engine-native': ['contracts'],
  'engine-testing': ['contracts', 'random'],
  'engine-tfjs': ['contracts', 'tensorflow-export'],
  'tensorflow-export': ['contracts'],
  trainer: ['contracts'],
  plugins: ['contracts', 'content-hash', 'config-file'],
  evaluators: ['contracts', 'random', 'model-builder', 'datasets', 'trainer'],
  population: ['contracts'],
  'local-runner': ['contracts'],
  slurm: ['contracts', 'config-file'],
  kubernetes: ['contracts', 'config-file'],
  'record-tables': ['contracts'],
  queue: ['contracts', 'content-hash', 'run-store'],
  study: [
    'contracts',
    'content-hash',
    'config-file',
    'model-builder',
    'design-space',
    'datasets',
    'trainer',
    'plugins',
    'slurm',
  ],
  'run-store': ['contracts', 'content-hash', 'config-file'],
  imports: ['contracts', 'config-file', 'model-builder', 'pycls'],
  analysis: ['contracts', 'random', 'statistics', 'quantized-linear'],
  refine: ['contracts', 'random', 'statistics', 'quantized-linear', 'design-space'],
  report: ['contracts', 'formats'],
  orchestrator: everythingBut('cli'),
  cli: everythingBut(),
};

/** The names of all packages but some. */
function everythingBut(...others) {
  const packages = readdirSync(new URL('packages', import.meta.url));
  return packages.filter((name) => !others.includes(name));
}

const directions = Object.entries(mayImport).map(([name, packages]) => ({
  sourceTag: `package:${name}`,
  onlyDependOnLibsWithTags: packages.map((target) => `package:${target}`),
}));

export default tseslint.config(
  { ignores: ['**/dist/**', '**/build/**', '**/.examples/**', '**/node_modules/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: directions, enforceBuildableLibDependency: true, allow: ['#*'] },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Arrays are indexed in loops whose bounds prove the element exists: `!` says so.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A third of the time of all rules, for enums, of which there are none, and classes alike in all members.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.test.ts', '**/fixtures/**'],
    rules: {
      // Tests may build on other packages to make their inputs, and describe() blocks are long.
      '@nx/enforce-module-boundaries': 'off',
      'max-lines-per-function': 'off',
    },
  },
  prettier,
);
