/**
 * Runs programs one after the other in this process, which loads what they import once, and tells the process that forked
 * it of each how it failed, or '' where it did not.
 */
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

for (const file of process.argv.slice(2)) {
  const failure = await import(pathToFileURL(file)).then(
    () => '',
    (error) => inspect(error),
  );
  process.send(failure);
}
process.disconnect();
