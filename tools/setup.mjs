/** `npm run setup`: installs and builds; afterwards `npx netspace` works from the root of the clone. */
import { build, install } from './workspace.mjs';

await install();
await build();
