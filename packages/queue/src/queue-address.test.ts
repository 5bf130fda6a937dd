import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import fc from 'fast-check';
import { noServer, RedisServer } from './testing/redis-server.js';
import { QueueAddress } from './queue-address.js';

/** What a promise was rejected with. */
async function errorOf(result: Promise<unknown>): Promise<InvalidInputError> {
  const error: unknown = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InvalidInputError);
  return error as InvalidInputError;
}

describe('QueueAddress.of(text)', () => {
  test.each([
    ['redis://host', 'redis://host:6379'],
    ['redis://127.0.0.1:7000/', 'redis://127.0.0.1:7000'],
    ['redis://:secret@host/3', 'redis://host:6379/3'],
    ['rediss://lab%40uni:secret@queue.example:6380/0', 'rediss://lab%40uni@queue.example:6380'],
    ['redis://[::1]:6379', 'redis://[::1]:6379'],
  ])('%s is printed as %s', (text, shown) => {
    expect(String(QueueAddress.of(text, {}))).toBe(shown);
    expect(String(QueueAddress.of(shown, {}))).toBe(shown);
  });

  test.each([
    '',
    'host',
    'host:6379',
    'http://host',
    'redis://',
    'redis://host/name',
    'redis://host?password=1',
    'redis://:a/b@host',
  ])('%j is refused', (text) => {
    expect(() => QueueAddress.of(text)).toThrow(
      '--queue: got no address of a queue (valid: redis://[user[:password]@]host[:port][/database], or rediss:// for TLS)',
    );
  });

  test.each([
    'redis://host',
    'redis://:secret%2F@host:1234/2',
    'rediss://lab:secret@host',
    'redis://lab@host',
    'redis://:secret@[::1]:6379/0',
  ])('%s is the same to a process that is told it with its password', (text) => {
    const told = QueueAddress.of(text, {}).withPassword();
    const again = QueueAddress.of(told, {});
    expect([String(again), again.withPassword()]).toEqual([String(QueueAddress.of(text, {})), told]);
    expect(decodeURIComponent(new URL(told).password)).toBe(decodeURIComponent(new URL(text).password));
  });

  test('no password is printed, whatever it is and however it is given', () => {
    // Long enough to be nowhere by chance, and none of the names that stand in a stack.
    const secrets = fc
      .string({ minLength: 8, unit: 'grapheme-ascii' })
      .filter((text) => /^[^\s\\'"`]+$/.test(text))
      .map((text) => `7${text}`);
    fc.assert(
      fc.property(secrets, fc.boolean(), (secret, isInText) => {
        const text = isInText ? `redis://lab:${encodeURIComponent(secret)}@host` : 'redis://lab@host';
        const address = QueueAddress.of(text, isInText ? {} : { NETSPACE_QUEUE_PASSWORD: secret });
        const refused = address.refusal(new Error(`ERR unknown ${secret}`));
        const printed = [String(address), JSON.stringify(address), inspect(address, { depth: 9, showHidden: true })];
        for (const one of [...printed, refused.message, inspect(refused)]) {
          expect(one).not.toContain(secret);
          expect(one).not.toContain(encodeURIComponent(secret));
        }
      }),
    );
  });
});

if (noServer !== undefined) process.stdout.write(`Skipped: connections to a queue (${noServer})\n`);
const withServer = noServer === undefined ? describe : describe.skip;

withServer('address.check()', () => {
  let plain: RedisServer;
  let encrypted: RedisServer;
  beforeAll(async () => {
    plain = await RedisServer.start();
    encrypted = await RedisServer.start({ isEncrypted: true });
  });
  afterAll(() => Promise.all([plain.remove(), encrypted.remove()]));

  test('a server that is there and the password is right', async () => {
    await QueueAddress.of(plain.url).check();
    await QueueAddress.of(`redis://localhost:${plain.port}/3`, { NETSPACE_QUEUE_PASSWORD: plain.password }).check();
  });

  test.each<[what: string, address: () => string, message: string]>([
    [
      'no password',
      () => `redis://localhost:${plain.port}`,
      'the server wants a password (valid: the password in the address or in NETSPACE_QUEUE_PASSWORD)',
    ],
    [
      'a wrong password',
      () => `redis://:wrong%21@localhost:${plain.port}`,
      'the server refuses the user or the password',
    ],
    ['a user that is none', () => plain.url.replace('://', '://nobody'), 'the server refuses the user or the password'],
    ['no such database', () => `${plain.url}/999`, 'out of range'],
    ['no server', () => 'redis://:wrong%21@localhost:1', 'redis://localhost:1: nothing listens there'],
    ['no such host', () => 'redis://:wrong%21@no-such-host.invalid', 'no such host is known'],
    [
      'an authority that is not known',
      () => encrypted.url,
      '(valid: the file of its authority in NODE_EXTRA_CA_CERTS)',
    ],
  ])('%s is told, without the password', async (_, address, message) => {
    const error = await errorOf(QueueAddress.of(address(), {}).check());
    expect(error.message).toContain(message);
    for (const secret of [plain.password, encodeURIComponent(plain.password), 'wrong!', 'wrong%21']) {
      expect(inspect(error)).not.toContain(secret);
    }
  });
});
