import { ConfigError, type ConfigProblem } from '../../core/errors';
import type { OpenMeteoSettings } from './settings';

/** What an HTTP header can carry; anything else would make fetch throw an error that quotes the key. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/** @throws ConfigError naming every mistake; it never shows the key, nor an address that may hold one. */
export function checkSettings(settings: OpenMeteoSettings): void {
  const problems = [...keyProblems(settings), ...addressProblems(settings), ...concurrencyProblems(settings)];
  if (problems.length > 0) throw new ConfigError('Open-Meteo cannot be asked with these settings.', problems);
}

function keyProblems({ plan, apiKey }: OpenMeteoSettings): ConfigProblem[] {
  if (plan !== 'keyed') return [];
  if (apiKey === undefined || apiKey === '') {
    return [
      { path: 'source.plan', message: 'the keyed plan needs an API key; set one, or use the free plan' },
    ];
  }
  if (HEADER_VALUE.test(apiKey)) return [];
  return [
    { path: 'source.plan', message: 'the API key holds a blank or a character that no header can carry' },
  ];
}

function addressProblems({ sourceUrl }: OpenMeteoSettings): ConfigProblem[] {
  if (sourceUrl === undefined) return [];
  const message = sourceUrlProblem(sourceUrl);
  return message === undefined ? [] : [{ path: 'source_url', message }];
}

/** Why an address cannot be that of a source; `undefined` when it can. */
export function sourceUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    return 'must be an http or https address such as http://localhost:8080';
  }
  if (url.username !== '' || url.password !== '') return 'must hold no user name and no password';
  if (text.includes('?') || text.includes('#')) return 'must have no query and no fragment';
  return undefined;
}

function concurrencyProblems({ plan, concurrency = 1 }: OpenMeteoSettings): ConfigProblem[] {
  if (plan === 'keyed' || concurrency === 1) return [];
  const message = 'the free plan answers one request at a time; use 1, or the keyed plan';
  return [{ path: 'source.concurrency', message, received: String(concurrency) }];
}
