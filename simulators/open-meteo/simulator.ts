import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FaultBook, type FaultRule } from './faults';
import { Gate } from './gate';
import { DEFAULT_HOST, resolveSettings, type SimulatorOptions } from './options';
import { Quota, type QuotaUse } from './quota';
import { sendText } from './sending';
import { serve } from './serving';
import type { SimulatorRequest, World } from './world';

/** A server with the contract of the real one, over a climate that it makes up. */
export interface Simulator {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in the order of arrival. */
  readonly log: readonly SimulatorRequest[];
  /** Weight used in the windows that the clock is in. */
  used(): QuotaUse;
  /** Replaces all fault rules; counting begins anew. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Replaces weights that windows hold, from the next request on; what was counted stays counted. */
  setLimits(limits: Partial<QuotaUse>): void;
  /** Cuts open connections. */
  close(): Promise<void>;
}

/** Longer than any address the contract allows, so that the contract answers and not the HTTP parser. */
const HEADER_BYTES = 1024 * 1024;

/** @throws the error of the listening socket, such as EADDRINUSE */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld(options);
  const server = createServer({ maxHeaderSize: HEADER_BYTES }, (request, response) => {
    serve(world, request, response).catch((error: Error) => fail(response, error));
  });
  const host = options.host ?? DEFAULT_HOST;
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    log: world.log,
    used: () => world.quota.used(),
    setFaults: (rules) => world.faults.set(rules),
    setLimits: (limits) => world.quota.setLimits(limits),
    close: () => close(server),
  };
}

/** A mistake in the simulator or its rules, told to whoever asked; nobody else would hear of it. */
function fail(response: ServerResponse, error: Error): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else sendText(response, 500, JSON.stringify({ error: true, reason: `Simulator: ${error.message}` }));
}

function createWorld(options: SimulatorOptions): World {
  const settings = resolveSettings(options);
  return {
    settings,
    quota: new Quota(settings.clock, settings.limits, settings.windows),
    gate: new Gate(settings.concurrency),
    faults: new FaultBook(options.faults ?? []),
    log: [],
    made: { elements: 0, errors: 0 },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
