import { sourceUrlProblem } from '../adapters/open-meteo/settings-check';
import { ConfigError } from '../core/errors';
import type { GlobalOptions } from './global-options';
import { parseLakeAddress } from './lake-address';

/** What else may hold a secret. */
const MAY_BE_SHOWN = /^[^@?#]*$/;

/** Works for `together`: what the command line says of the lake and of the source. Each throws ConfigError. */
export function runPlaces({ lake, sourceUrl }: GlobalOptions) {
  return [() => parseLakeAddress(lake), () => checkSourceUrl(sourceUrl)] as const;
}

function checkSourceUrl(sourceUrl: string | undefined): void {
  const message = sourceUrl === undefined ? undefined : sourceUrlProblem(sourceUrl);
  if (sourceUrl === undefined || message === undefined) return;
  const received = MAY_BE_SHOWN.test(sourceUrl) ? { received: JSON.stringify(sourceUrl) } : {};
  throw new ConfigError('The source cannot be asked:', [{ path: '--source-url', message, ...received }]);
}
