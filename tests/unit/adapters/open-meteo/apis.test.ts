import { addressOf } from '../../../../adapters/open-meteo/apis';
import { API_NAMES } from '../../../../core/model/source';

describe('addressOf', () => {
  it.each([
    ['forecast', 'https://api.open-meteo.com/v1/forecast'],
    ['archive', 'https://archive-api.open-meteo.com/v1/archive'],
    ['historical-forecast', 'https://historical-forecast-api.open-meteo.com/v1/forecast'],
    ['air-quality', 'https://air-quality-api.open-meteo.com/v1/air-quality'],
    ['marine', 'https://marine-api.open-meteo.com/v1/marine'],
    ['climate', 'https://climate-api.open-meteo.com/v1/climate'],
    ['flood', 'https://flood-api.open-meteo.com/v1/flood'],
    ['ensemble', 'https://ensemble-api.open-meteo.com/v1/ensemble'],
    ['seasonal', 'https://seasonal-api.open-meteo.com/v1/seasonal'],
  ] as const)('knows where %s lives on either plan', (api, free) => {
    const addresses = [addressOf(api, { plan: 'free' }), addressOf(api, { plan: 'keyed' })];

    expect(addresses).toEqual([free, free.replace('https://', 'https://customer-')]);
  });

  it('finds every API of another server by its name, with or without a slash at the end', () => {
    const addresses = API_NAMES.map((api) =>
      addressOf(api, { plan: 'free', sourceUrl: 'http://localhost:80/om/' }),
    );

    expect(addresses).toEqual(API_NAMES.map((api) => `http://localhost:80/om/v1/${api}`));
  });
});
