import { formatMegabytes } from '@netspace/formats';
import { type MemoryPlan, mostMemory } from '@netspace/orchestrator';
import type { Terminal } from './terminal.js';

/** Prints the memory of every network, and what so many workers take at most. */
export function printPlan(terminal: Terminal, plan: MemoryPlan, workers: number): void {
  const rows = plan.networks.map(({ arm, network, bytes }) => [
    ...[arm, network.id, network.complexity.flops, network.complexity.acts, Math.ceil(bytes / 1e6)],
  ]);
  terminal.printTable(['space', 'network', 'flops', 'acts', 'MB'], rows);
  printMemory(terminal, plan, workers);
}

/** Prints what so many workers take at most. */
export function printMemory(terminal: Terminal, plan: MemoryPlan, workers: number): void {
  const total = formatMegabytes(mostMemory(plan, workers));
  const own = formatMegabytes(plan.processBytes);
  terminal.print(`${workers} workers take at most ${total}: the largest networks, and about ${own} for each process`);
}
