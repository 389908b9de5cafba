import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigError, IngestError, SourceUnavailableError } from '../../core/errors';
import type { Clock } from '../../core/ports/clock';

/** A rotated key is in use after this long at the latest. */
export const API_KEY_LIFETIME_MS = 15 * 60_000;
/** All attempts of one reading. */
const READ_TIMEOUT_MS = 15_000;
/** What an HTTP header can carry. */
const USABLE_KEY = /^[\x21-\x7e]+$/;

export interface ApiKeySecretOptions {
  readonly client: SecretsManagerClient;
  /** The whole ARN. */
  readonly secretArn: string;
  readonly clock: Pick<Clock, 'elapsed'>;
}

interface Reading {
  readonly value: Promise<string>;
  /** Elapsed milliseconds of the clock. */
  readonly since: number;
}

/**
 * The API key, as a secret's text or as `{"api_key": "..."}` in it. Read once and kept for {@link API_KEY_LIFETIME_MS}; a
 * reading that failed is not kept. No error holds the value, nor anything that was in its place.
 */
export class ApiKeySecret {
  readonly #options: ApiKeySecretOptions;
  #reading: Reading | undefined;

  constructor(options: ApiKeySecretOptions) {
    this.#options = options;
  }

  /**
   * @param fresh reads anew, as after a key was refused
   * @throws ConfigError when the secret is not there, not readable or no key; SourceUnavailableError when it may be later
   */
  async read({ fresh = false } = {}): Promise<string> {
    const now = this.#options.clock.elapsed();
    const held = this.#reading;
    if (!fresh && held !== undefined && now - held.since < API_KEY_LIFETIME_MS) return held.value;
    const reading = { value: this.#fetch(), since: now };
    this.#reading = reading;
    reading.value.catch(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    return reading.value;
  }

  async #fetch(): Promise<string> {
    const { client, secretArn } = this.#options;
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }), {
        abortSignal: AbortSignal.timeout(READ_TIMEOUT_MS),
      });
      return keyIn(SecretString, secretArn);
    } catch (error) {
      throw error instanceof IngestError ? error : unreadable(secretArn, error);
    }
  }
}

function keyIn(text: string | undefined, secretArn: string): string {
  const key = (text === undefined ? undefined : (memberOf(text) ?? text))?.trim();
  if (key !== undefined && USABLE_KEY.test(key)) return key;
  throw new ConfigError(`The API key in ${secretArn} cannot be used.`, [
    {
      path: 'api_key_secret_arn',
      message: 'must be a secret that holds the key as text, or as {"api_key": "..."}, in printable ASCII',
    },
  ]);
}

/** `undefined` unless the text is a JSON object; an empty text when it has no usable member. */
function memberOf(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { api_key: key } = value as { readonly api_key?: unknown };
  return typeof key === 'string' ? key : '';
}

/** The service's own error is not attached: only its name and status are told. */
function unreadable(secretArn: string, cause: unknown): IngestError {
  const { name, $metadata } = cause as { name: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const context = { secret_arn: secretArn, error_name: name, http_status: status ?? null };
  if (status === undefined || status >= 500 || name === 'ThrottlingException') {
    return new SourceUnavailableError(`The API key in ${secretArn} could not be read (${name}).`, {
      context,
    });
  }
  const message =
    'must be a secret that is there and that the role may read (secretsmanager:GetSecretValue, and kms:Decrypt with the key that encrypts it)';
  return new ConfigError(
    `The API key in ${secretArn} could not be read (${name}).`,
    [{ path: 'api_key_secret_arn', message }],
    { context },
  );
}
