import { setTimeout } from 'node:timers/promises';

/**
 * Waits for something at most so many milliseconds: what asks a server that is gone may never settle.
 *
 * @returns Its result; undefined where it came to none, by time or by an error.
 */
export async function within<Result>(milliseconds: number, result: Promise<Result>): Promise<Result | undefined> {
  const late = new AbortController();
  const end = setTimeout(milliseconds, undefined, { signal: late.signal }).catch(() => undefined);
  try {
    return await Promise.race([result.catch(() => undefined), end]);
  } finally {
    late.abort();
  }
}
