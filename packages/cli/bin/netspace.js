#!/usr/bin/env node
import { main } from '../dist/main.js';

const interrupted = 130;
const status = await main(process.argv.slice(2));
// What was interrupted may still be busy with what nobody waits for any more.
if (status === interrupted) process.exit(status);
process.exitCode = status;
