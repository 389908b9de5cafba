import { ConfigError, type ConfigProblem } from '../../core/errors';
import type { RequestLocation, WeatherRequest } from '../../core/model/request';
import type { WireRequest } from '../../core/ports/weather-source';
import { addressOf, type Endpoint } from './apis';

/** Characters of an encoded address. The source reads about 64,000. */
export const MAX_GET_CHARACTERS = 60_000;
/** Bytes of an encoded form that the free host reads. */
export const MAX_FREE_FORM_BYTES = 128_000;

type Form = Record<string, string>;

/**
 * The request as it goes over the wire.
 *
 * @throws ConfigError when it cannot be said in one request: too long for the plan, or an elevation for some locations only.
 */
export function describeRequest(request: WeatherRequest, endpoint: Endpoint): WireRequest {
  const address = addressOf(request.api, endpoint);
  const form: Form = {
    ...locationFields(request.locations),
    start_date: request.from,
    end_date: request.to,
    ...sectionField(request),
    ...resolutionField(request),
    ...modelsField(request),
    ...request.unitParameters,
  };
  const length = encodeForm(form).length;
  if (endpoint.plan === 'free' && length > MAX_FREE_FORM_BYTES) throw tooLong(request, length);
  return { method: address.length + 1 + length <= MAX_GET_CHARACTERS ? 'GET' : 'POST', address, form };
}

/** Percent-encoded, ASCII only: one character is one byte. */
export function encodeForm(form: WireRequest['form']): string {
  return new URLSearchParams(form).toString();
}

/** Every list has one entry per location, in one order. */
function locationFields(locations: readonly RequestLocation[]): Form {
  const list = (value: (location: RequestLocation) => string | number) => locations.map(value).join(',');
  return {
    latitude: list(({ latitude }) => latitude),
    longitude: list(({ longitude }) => longitude),
    ...elevationField(locations),
    location_id: list(({ number }) => number),
    ...(locations.some(({ timezone }) => timezone !== undefined)
      ? { timezone: list(({ timezone }) => timezone ?? 'GMT') }
      : {}),
  };
}

/** The list has no word for "look it up": an elevation of `nan` switches the correction to the point's height off. */
function elevationField(locations: readonly RequestLocation[]): Form {
  const lacking = locations.filter(({ elevation }) => elevation === undefined);
  if (lacking.length === locations.length) return {};
  if (lacking.length > 0) throw mixedElevations(lacking);
  return { elevation: locations.map(({ elevation }) => elevation).join(',') };
}

/** `current_weather` is a switch; every other section is asked for by its variables. */
function sectionField({ section, variables }: WeatherRequest): Form {
  return { [section]: section === 'current_weather' ? 'true' : variables.join(',') };
}

/** The air-quality API calls its models domains, and takes no notice of `models`. */
function modelsField({ api, models }: WeatherRequest): Form {
  if (models.length === 0) return {};
  return { [api === 'air-quality' ? 'domains' : 'models']: models.join(',') };
}

function resolutionField({ temporalResolution }: WeatherRequest): Form {
  return temporalResolution === undefined ? {} : { temporal_resolution: temporalResolution };
}

function mixedElevations(lacking: readonly RequestLocation[]): ConfigError {
  const names = lacking.slice(0, 5).map(({ id }) => id);
  const more = lacking.length > names.length ? ` and ${lacking.length - names.length} more` : '';
  return unsayable({
    path: 'locations',
    message: 'an elevation must be given for all locations of a request or for none',
    received: `none for ${names.join(', ')}${more}`,
  });
}

function tooLong(request: WeatherRequest, bytes: number): ConfigError {
  return unsayable({
    path: 'source.locations_per_request',
    message: `the free host reads ${MAX_FREE_FORM_BYTES} bytes per request; ask for fewer locations at once`,
    received: `${bytes} bytes for ${request.locations.length} locations`,
  });
}

function unsayable(problem: ConfigProblem): ConfigError {
  return new ConfigError('Open-Meteo cannot be asked this in one request.', [problem]);
}
