import type { ApiName, Plan } from '../../core/model/source';

interface Api {
  /** On the free plan. */
  readonly host: string;
  readonly path: string;
}

/** Where each API lives. Source: the published API descriptions; historical forecasts are a forecast API on a host of its own. */
export const APIS: Readonly<Record<ApiName, Api>> = {
  forecast: { host: 'api.open-meteo.com', path: '/v1/forecast' },
  archive: { host: 'archive-api.open-meteo.com', path: '/v1/archive' },
  'historical-forecast': { host: 'historical-forecast-api.open-meteo.com', path: '/v1/forecast' },
  'air-quality': { host: 'air-quality-api.open-meteo.com', path: '/v1/air-quality' },
  marine: { host: 'marine-api.open-meteo.com', path: '/v1/marine' },
  climate: { host: 'climate-api.open-meteo.com', path: '/v1/climate' },
  flood: { host: 'flood-api.open-meteo.com', path: '/v1/flood' },
  ensemble: { host: 'ensemble-api.open-meteo.com', path: '/v1/ensemble' },
  seasonal: { host: 'seasonal-api.open-meteo.com', path: '/v1/seasonal' },
};

export interface Endpoint {
  readonly plan: Plan;
  /** Serves every API below `/v1/`, by the API's own name. */
  readonly sourceUrl?: string | undefined;
}

/** Address of an API, without query. */
export function addressOf(api: ApiName, { plan, sourceUrl }: Endpoint): string {
  if (sourceUrl !== undefined) return `${sourceUrl.replace(/\/+$/, '')}/v1/${api}`;
  const { host, path } = APIS[api];
  return `https://${plan === 'keyed' ? 'customer-' : ''}${host}${path}`;
}
