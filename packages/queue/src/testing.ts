export { type Fault, type FaultyRun, queueFaults } from './testing/faults.js';
export { noServer, RedisServer, type ServerOptions } from './testing/redis-server.js';
