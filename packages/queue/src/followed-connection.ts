import type { Redis } from 'ioredis';

/**
 * Tells once when a connection is lost, and once when it is there again.
 *
 * @returns Ends that: what is closed on purpose is not lost.
 */
export function followConnection(redis: Redis, address: string, onNotice: (message: string) => void): () => void {
  let isLost = false;
  const lose = (): void => {
    if (!isLost) onNotice(`${address}: the connection is lost; trying again`);
    isLost = true;
  };
  const regain = (): void => {
    if (isLost) onNotice(`${address}: connected again`);
    isLost = false;
  };
  redis.on('close', lose).on('ready', regain);
  return () => void redis.off('close', lose).off('ready', regain);
}
