import { ConfigError } from '../../core/errors';
import type { WeatherRequest } from '../../core/model/request';
import type { Clock } from '../../core/ports/clock';
import type { Logger } from '../../core/ports/logger';
import type { FetchOptions, ReceivedBody, WeatherSource, WireRequest } from '../../core/ports/weather-source';
import { ApiKey } from './api-key';
import type { Endpoint } from './apis';
import { MemoryQuotaBook } from './memory-quota-book';
import type { OpenQuotaBook, QuotaBook } from './quota-book';
import { windowTooSmallFor } from './quota-ledger';
import type { SourceParts } from './request-parts';
import { RequestRun } from './request-run';
import { RequestSlots } from './request-slots';
import { type OpenMeteoSettings, resolveSettings } from './settings';
import { checkSettings } from './settings-check';
import { describeRequest } from './wire-request';

export interface OpenMeteoParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** From 0 to 1, 1 excluded. */
  readonly random?: () => number;
  /** Opens the account of an API host and plan. Default: one account in memory for all of them. */
  readonly openBook?: OpenQuotaBook;
}

/**
 * Open-Meteo over HTTP. One object per process, since it holds the account of the quota.
 *
 * An outage is retried, a quota is waited for, as the options of each fetch allow. No redirect is followed, and the API key
 * leaves in a header only.
 */
export class OpenMeteoSource implements WeatherSource {
  private readonly endpoint: Endpoint;
  private readonly parts: SourceParts;
  private readonly slots: RequestSlots;
  private readonly openBook: OpenQuotaBook;
  /** By host. */
  private readonly books = new Map<string, QuotaBook>();

  /** @throws ConfigError when the settings contradict each other */
  constructor(settings: OpenMeteoSettings, parts: OpenMeteoParts) {
    const { clock, logger, random = Math.random, openBook } = parts;
    checkSettings(settings);
    const resolved = resolveSettings(settings);
    const key = new ApiKey(settings.plan === 'keyed' ? settings.apiKey : undefined);
    this.endpoint = { plan: settings.plan, sourceUrl: settings.sourceUrl };
    this.slots = new RequestSlots(resolved.concurrency);
    this.parts = { settings: resolved, clock, logger, random, key };
    const memory = new MemoryQuotaBook(resolved, clock);
    this.openBook = openBook ?? (() => memory);
  }

  /** @throws ConfigError when the plan cannot take it in one request */
  describe(request: WeatherRequest): WireRequest {
    return describeRequest(request, this.endpoint);
  }

  /**
   * Resolves with a whole body; what it says is not looked at.
   *
   * @throws ConfigError for a request that no quota window can ever take
   * @throws SourceRejectedError, SourceUnavailableError, what the account of the quota throws, whatever `keep` throws, and the signal's reason when aborted
   */
  async fetch(request: WeatherRequest, options: FetchOptions): Promise<ReceivedBody> {
    this.refuseOverweight(request);
    const wire = this.describe(request);
    const book = this.bookOf(new URL(wire.address).host);
    const run = new RequestRun(this.parts, { request, wire, book }, options);
    return this.slots.run(() => run.run(), options.signal);
  }

  private bookOf(host: string): QuotaBook {
    const { settings } = this.parts;
    const book = this.books.get(host) ?? this.openBook({ host, plan: settings.plan }, settings);
    this.books.set(host, book);
    return book;
  }

  private refuseOverweight({ weight }: WeatherRequest): void {
    const tooSmall = windowTooSmallFor(weight, this.parts.settings.limits);
    if (tooSmall === undefined) return;
    const { window, limit } = tooSmall;
    const message = `a request may weigh ${limit}, the quota of a ${window}; ask for fewer locations or days at once`;
    const problem = { path: 'source.locations_per_request', message, received: `a weight of ${weight}` };
    throw new ConfigError('Open-Meteo cannot be asked this in one request.', [problem]);
  }
}
