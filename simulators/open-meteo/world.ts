import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultBook } from './faults';
import type { Gate } from './gate';
import type { Settings } from './options';
import type { Quota } from './quota';
import type { Call } from './receiving';

/** A request as the simulator remembers it. */
export interface SimulatorRequest {
  readonly method: string;
  readonly path: string;
  /** Of the query, for a POST of the form; lists joined by commas. */
  readonly query: Readonly<Record<string, string>>;
  /** Weight that it used up. */
  weight: number;
  /** 0 when it is not answered, and until it is. */
  status: number;
  /** Milliseconds since the epoch, by the simulator's clock. */
  readonly at: number;
}

/** The state that all requests share. */
export interface World {
  readonly settings: Settings;
  readonly quota: Quota;
  readonly gate: Gate;
  readonly faults: FaultBook;
  readonly log: SimulatorRequest[];
  /** Made so far: what differs from answer to answer goes by it. */
  readonly made: { elements: number; errors: number };
}

/** One request on its way through the server. */
export interface Visit {
  readonly world: World;
  readonly call: Call;
  readonly entry: SimulatorRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborted when the client has gone or was served. */
  readonly gone: AbortSignal;
}
