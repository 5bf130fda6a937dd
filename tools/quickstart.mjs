/** `npm run quickstart`: sets up the clone and runs the quickstart study on MNIST, resuming where it was interrupted. */
import { build, install, mustRun } from './workspace.mjs';

await install();
await build();
const options = process.argv.slice(2);
await mustRun('npx', ['netspace', 'study', 'run', 'studies/quickstart.yaml', '--resume', ...options]);
