import { ConfigError } from '../../core/errors';
import type { Pipeline } from '../../core/pipeline/pipeline';
import type { Clock } from '../../core/ports/clock';
import type { Logger } from '../../core/ports/logger';
import type { ObjectStore } from '../../core/ports/object-store';
import type { WeatherSource } from '../../core/ports/weather-source';
import { OpenMeteoSource } from './open-meteo-source';
import { pipelineSettings } from './pipeline-settings';
import { sharedQuotaBooks } from './shared-quota-book';

export interface PipelineSourceParts {
  /** Another server with Open-Meteo's contract. */
  readonly sourceUrl: string | undefined;
  /** Absent when no secret is named. */
  readonly readApiKey: (() => Promise<string>) | undefined;
  /** Holds the account of the quota too: functions share no memory. */
  readonly processed: ObjectStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface HeldSource {
  readonly pipeline: Pipeline;
  readonly apiKey: string | undefined;
  readonly source: WeatherSource;
}

/** Open-Meteo as a pipeline asks it. The same source for as long as pipeline and key are the same. */
export class PipelineSource {
  private held: HeldSource | undefined;

  constructor(private readonly parts: PipelineSourceParts) {}

  /** @throws ConfigError when the plan needs a key and there is none, or what reading the key throws */
  async of(pipeline: Pipeline): Promise<WeatherSource> {
    const apiKey = pipeline.source.plan === 'keyed' ? await this.apiKey() : undefined;
    if (this.held?.pipeline !== pipeline || this.held.apiKey !== apiKey) {
      this.held = { pipeline, apiKey, source: this.open(pipeline, apiKey) };
    }
    return this.held.source;
  }

  private open({ source }: Pipeline, apiKey: string | undefined): WeatherSource {
    const { sourceUrl, processed: store, clock, logger } = this.parts;
    const settings = {
      ...pipelineSettings(source),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(sourceUrl === undefined ? {} : { sourceUrl }),
    };
    const openBook = sharedQuotaBooks({ store, clock, random: Math.random, logger });
    return new OpenMeteoSource(settings, { clock, logger, openBook });
  }

  private apiKey(): Promise<string> {
    if (this.parts.readApiKey !== undefined) return this.parts.readApiKey();
    const message =
      'is missing, and the pipeline is on the keyed plan; name the secret in the environment file (api_key_secret_arn) and deploy';
    throw new ConfigError('Open-Meteo cannot be asked with these settings.', [
      { path: 'API_KEY_SECRET_ARN', message },
    ]);
  }
}
