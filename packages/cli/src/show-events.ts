import type { TrainingRecord, TrainingTask } from '@netspace/contracts';
import { formatPercent } from '@netspace/formats';
import type { PipelineEvent } from '@netspace/orchestrator';
import { printSequentialComparisons } from './describe-sequential-comparisons.js';
import type { Progress, Terminal } from './terminal.js';

/** Steps whose bar has one name. */
const labels = { planning: 'plan', fitting: 'fit', measuring: 'latency', drawing: 'draw' } as const;

/** Turns what happens into bars and lines of the terminal. */
export class EventView {
  private progress: Progress | undefined;
  private label = '';

  constructor(private readonly terminal: Terminal) {}

  /** Shows an event. */
  readonly show = (event: PipelineEvent): void => {
    if (isLabelled(event)) {
      this.advance(labels[event.kind], event);
      return;
    }
    switch (event.kind) {
      case 'evaluator': {
        this.showEvaluator(event);
        return;
      }
      case 'sampling': {
        this.advance(`sample ${event.arm}`, event);
        return;
      }
      case 'notice': {
        this.terminal.note(event.task === undefined ? event.message : `${nameOf(event.task)}: ${event.message}`);
        return;
      }
      case 'training':
        if (event.done > 0) this.terminal.note(`${event.done} of ${event.total} trainings are made already`);
        return;
      case 'enough': {
        this.stop();
        this.terminal.note(`Every comparison is as narrow as \`stop\` asks: ${event.left} trainings are left out`);
        return;
      }
      case 'compared': {
        printSequentialComparisons(this.terminal, event);
        return;
      }
      case 'progress':
      case 'trained':
      case 'failed':
      case 'retried': {
        this.showTraining(event);
        return;
      }
      default:
    }
  };

  /** Ends the bar that is shown. */
  stop(): void {
    this.progress?.stop();
    this.progress = undefined;
  }

  private showEvaluator({ description, passedOver }: Extract<PipelineEvent, { kind: 'evaluator' }>): void {
    for (const line of passedOver) this.terminal.print(line);
    this.terminal.print(`Evaluator: ${description}`);
  }

  private showTraining(event: Extract<PipelineEvent, { kind: 'progress' | 'trained' | 'failed' | 'retried' }>): void {
    if (event.kind === 'retried') {
      const { task, reason, attempt, attempts } = event;
      this.terminal.note(`${task.arm} ${task.network.id}: ${reason} (attempt ${attempt} of ${attempts})`);
      return;
    }
    const note = event.kind === 'progress' ? undefined : describeRecord(event.record);
    if (event.kind === 'failed') this.terminal.note(`${nameOf(event.record)} failed: ${event.record.message}`);
    this.advance('train', event, note, event.secondsLeft);
  }

  private advance(
    label: string,
    { done, total }: { readonly done: number; readonly total: number },
    note?: string,
    secondsLeft?: number,
  ): void {
    if (label !== this.label) this.stop();
    this.label = label;
    this.progress ??= this.terminal.progress(label, total);
    this.progress.update(done, note, secondsLeft);
    if (done === total) this.stop();
  }
}

function isLabelled(event: PipelineEvent): event is Extract<PipelineEvent, { kind: keyof typeof labels }> {
  return Object.hasOwn(labels, event.kind);
}

function nameOf({ arm, network, replicate }: TrainingTask): string {
  return `${arm} ${network.id}${replicate === 0 ? '' : ` replicate ${replicate + 1}`}`;
}

function describeRecord(record: TrainingRecord): string {
  const result = record.status === 'completed' ? `error ${formatPercent(record.error)}` : record.status;
  return `${nameOf(record)} ${result}`;
}
