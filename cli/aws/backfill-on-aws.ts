import { MessagingError } from '../../core/errors';
import { recordedError } from '../../core/failure-record';
import { sha256 } from '../../core/hash';
import { startOnce } from '../../core/orchestration/start-once';
import type { DaySpan } from '../../core/planning/asked-days';
import { sourceOfDay } from '../../core/planning/source-rule';
import type { Execution } from '../../core/ports/executions';
import type { Logger } from '../../core/ports/logger';
import { type BackfillPiece, backfillPieces } from '../../core/redrive/backfill-pieces';
import { dayOfInstant } from '../../core/time/day';
import type { CommandResult, Invocation } from '../command-runner';
import { EXIT_CODES, exitCodeOf } from '../exit-codes';
import type { Failure } from '../failures';
import { createLogger } from '../logger';
import { createProgress } from '../progress/create-progress';
import type { Progress } from '../progress/progress';
import type { Advance } from '../progress/progress-event';
import { StatusLine } from '../progress/status-line';
import { alignedTable } from '../text/aligned-table';
import { countText, durationText } from '../text/quantities';
import { assertDeployed } from './assert-deployed';
import type { DeployedEnvironment } from './deployed-environment';
import { type ExecutionProgress, followExecution } from './follow-execution';

const HASH_DIGITS = 8;

export interface AwsBackfill {
  readonly deployed: DeployedEnvironment;
  /** Days that are over. */
  readonly span: DaySpan;
  readonly force: boolean;
}

interface EndedPiece {
  readonly piece: BackfillPiece;
  readonly name: string;
  /** `done`: it had succeeded before. */
  readonly how: 'started' | 'running' | 'done';
  readonly execution: Execution | undefined;
}

/** Starts executions one after the other and follows each. Started twice, it goes on with those of the first time. */
export async function backfillOnAws(invocation: Invocation, asked: AwsBackfill): Promise<CommandResult> {
  await assertDeployed(asked.deployed);
  const pieces = piecesOf(asked, invocation.now);
  const ended: EndedPiece[] = [];
  const run = new PieceRun(invocation, asked, pieces);
  try {
    for (const piece of pieces) ended.push(await run.bringToEnd(piece));
  } finally {
    run.stop();
  }
  return {
    document: {
      environment: asked.deployed.name,
      pipeline: asked.deployed.pipeline.name,
      executions: ended.map(pieceDocument),
    },
    text: () => piecesText(ended),
    failures: ended.flatMap(failureOf),
  };
}

function piecesOf({ deployed: { pipeline }, span }: AwsBackfill, now: number): BackfillPiece[] {
  const sourceOf = (day: DaySpan['from']) => sourceOfDay(pipeline.source, day, dayOfInstant(now));
  return backfillPieces(pipeline, span, sourceOf);
}

class PieceRun {
  private readonly progress: Progress;
  private readonly logger: Logger;
  /** Of the pieces that are over. */
  private over: Omit<Advance, 'type'> = { requestsDone: 0, daysDone: 0, daysSkipped: 0 };

  constructor(
    private readonly invocation: Invocation,
    private readonly asked: AwsBackfill,
    pieces: readonly BackfillPiece[],
  ) {
    const { options, surroundings, command } = invocation;
    const { name: environment, pipeline } = asked.deployed;
    const line = new StatusLine(surroundings.stderr);
    const bound = { command, environment, pipeline: pipeline.name };
    this.logger = createLogger(options, { ...surroundings, stderr: line }, bound);
    this.progress = createProgress({ options, surroundings, line, logger: this.logger, bar: true });
    invocation.onStop(() => {
      this.progress.stop();
      return 'The execution under way goes on by itself; run the same command again to follow it.';
    });
    const sum = (read: (piece: BackfillPiece) => number) => pieces.reduce((all, one) => all + read(one), 0);
    const sizes = { requests: sum(({ requests }) => requests), days: sum(({ days }) => days) };
    this.progress.onEvent({ type: 'planned', runs: [], settled: 0, ...sizes });
  }

  async bringToEnd(piece: BackfillPiece): Promise<EndedPiece> {
    const { executions } = this.asked.deployed;
    const { signal, surroundings } = this.invocation;
    const { clock } = surroundings;
    const { from, to, requests, days } = piece;
    const { force } = this.asked;
    const input = { from, to, ...(force ? { force } : {}) };
    const toStart = { name: this.nameOf(piece), input, again: false };
    const { name, how } = await startOnce({ executions, clock, signal }, toStart);
    this.logger.info('Execution of the backfill', { execution: name, how, from, to });
    const execution = how === 'done' ? undefined : await this.follow(name);
    this.over = {
      requestsDone: this.over.requestsDone + requests,
      daysDone: this.over.daysDone + days,
      daysSkipped: this.over.daysSkipped + (how === 'done' ? days : 0),
    };
    this.tell({ requestsDone: 0, daysDone: 0 });
    return { piece, name, how, execution };
  }

  stop(): void {
    this.progress.stop();
  }

  private follow(name: string): Promise<Execution> {
    const { signal, surroundings } = this.invocation;
    const onProgress = (progress: ExecutionProgress) => this.tell(progress);
    const { executions } = this.asked.deployed;
    return followExecution(name, { executions, clock: surroundings.clock, signal, onProgress });
  }

  private tell({ requestsDone, daysDone }: ExecutionProgress): void {
    this.progress.onEvent({
      type: 'advanced',
      requestsDone: this.over.requestsDone + requestsDone,
      daysDone: this.over.daysDone + daysDone,
      daysSkipped: this.over.daysSkipped,
    });
  }

  /** Follows from span and pipeline; what is forced is done once a day. */
  private nameOf({ from, to }: BackfillPiece): string {
    const { deployed, force } = this.asked;
    const hash = sha256(JSON.stringify(deployed.pipeline)).slice(0, HASH_DIGITS);
    const forced = force ? `-force-${dayOfInstant(this.invocation.now)}` : '';
    return `backfill-${from}-${to}-${hash}${forced}`;
  }
}

function pieceDocument({ piece, name, how, execution }: EndedPiece) {
  const { reason } = execution ?? {};
  return { ...piece, name, how, state: stateOf(execution), ...(reason === undefined ? {} : { reason }) };
}

function stateOf(execution: Execution | undefined): string {
  return execution?.state ?? 'succeeded';
}

function failureOf({ piece, execution }: EndedPiece): Failure[] {
  if (execution?.state !== 'failed') return [];
  const { name, message } = execution.reason ?? { name: 'ExecutionFailed', message: 'It failed.' };
  const context = { execution: execution.name };
  const told = `${message} (execution ${execution.name})`;
  const error = recordedError({ name, message: told, retryable: true, context });
  const isKnown = exitCodeOf([error]) !== EXIT_CODES.unexpected;
  const what = `${piece.from} to ${piece.to}`;
  return [{ what, error: isKnown ? error : new MessagingError(`${name}: ${told}`, { context }) }];
}

function piecesText(ended: readonly EndedPiece[]): string {
  const columns = [
    { head: 'from' },
    { head: 'to' },
    { head: 'requests', align: 'right' },
    { head: 'weight', align: 'right' },
    { head: 'at least', align: 'right' },
    { head: 'execution' },
    { head: 'state' },
  ] as const;
  const rows = ended.map(({ piece, name, how, execution }) => [
    piece.from,
    piece.to,
    countText(piece.requests),
    countText(Math.round(piece.weight)),
    durationText(piece.seconds),
    name,
    how === 'done' ? 'succeeded before' : stateOf(execution),
  ]);
  return alignedTable(columns, rows);
}
