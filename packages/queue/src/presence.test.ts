import { describe, expect, test } from '@jest/globals';
import { Presence } from './presence.js';

const description = { netspace: '1', node: '20', evaluator: 'toy', instructionSet: null, host: 'here' };
const { signal } = new AbortController();

/** Lets what is resolved go on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Presence', () => {
  test('has a place for each training at a time and one more for each worker, as they come and go', async () => {
    const presence = new Presence(1000, () => undefined);
    let taken = 0;
    for (let asked = 0; asked < 9; asked++) void presence.take(signal).then(() => taken++);
    await turn();
    expect([presence.capacity, taken]).toEqual([0, 0]);
    presence.hear({ id: 'a', lanes: 2, description });
    await turn();
    expect([presence.capacity, taken]).toEqual([3, 3]);
    presence.hear({ id: 'b', lanes: 1, description });
    presence.hear({ id: 'b', lanes: 1, description });
    await turn();
    expect([presence.capacity, taken]).toEqual([5, 5]);
    // Two places are given back, which is as many as one that leaves had.
    presence.hear({ id: 'b', lanes: 0, description });
    presence.give();
    presence.give();
    await turn();
    expect([presence.capacity, taken]).toEqual([3, 5]);
    presence.give();
    await turn();
    expect(taken).toBe(6);
  });

  test('says once who comes, who leaves, who gives no sign any longer, and that nobody is there', async () => {
    const told: string[] = [];
    const presence = new Presence(0, (message) => told.push(message));
    const waiting = new AbortController();
    const place = presence.take(waiting.signal);
    presence.look();
    presence.look();
    presence.hear({ id: 'a', lanes: 2, description });
    presence.hear({ id: 'a', lanes: 2, description });
    await place;
    presence.hear({ id: 'b', lanes: 1, description: { ...description, host: 'there' } });
    presence.hear({ id: 'b', lanes: 0, description: { ...description, host: 'there' } });
    presence.look();
    presence.look();
    expect(told).toEqual([
      'No worker is there: trainings wait for `netspace worker`',
      'here trains 2 at a time: toy',
      'there trains 1 at a time: toy',
      'there leaves',
      'here gives no sign of life any longer',
    ]);
  });

  test('an abort ends the wait for a place, with its reason, and takes none', async () => {
    const presence = new Presence(1000, () => undefined);
    const waiting = new AbortController();
    const place = presence.take(waiting.signal);
    waiting.abort(new Error('enough'));
    await expect(place).rejects.toThrow('enough');
    presence.hear({ id: 'a', lanes: 1, description });
    await presence.take(signal);
    await presence.take(signal);
  });
});
