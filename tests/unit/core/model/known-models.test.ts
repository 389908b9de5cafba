import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apisOfModel, KNOWN_MODELS, modelSuffix } from '../../../../core/model/known-models';
import { API_NAMES, type ApiName } from '../../../../core/model/source';

const DESCRIPTIONS = join(__dirname, '../../../../../shared/data/openapi');
const FILES: Readonly<Partial<Record<ApiName, string>>> = {
  forecast: 'forecast.yml',
  archive: 'historical-weather.yml',
  marine: 'marine.yml',
  climate: 'climate.yml',
  flood: 'flood.yml',
  ensemble: 'ensemble.yml',
  seasonal: 'seasonal.yml',
};

/** Values of the list `models` of a description, written one a line. */
function modelsIn(file: string): string[] {
  const text = readFileSync(join(DESCRIPTIONS, file), 'utf8');
  const block = text.split(/- name: /).find((part) => part.startsWith('models\n'))!;
  const list = /enum:\s*(?:\[([^\]]*)\]|((?:\s*- .+\n)+))/.exec(block)!;
  return (list[1]?.split(',') ?? list[2]!.split('\n').map((line) => line.replace(/^\s*-/, '')))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

describe('known models', () => {
  const isThere = existsSync(DESCRIPTIONS);
  (isThere ? it.each : it.skip.each)(Object.entries(FILES))(
    'of the %s API are all that its description names',
    (api, file) => {
      const named = modelsIn(file);

      expect(named.length).toBeGreaterThan(5);
      expect(named.filter((model) => !KNOWN_MODELS[api as ApiName].includes(model))).toEqual([]);
    },
  );

  it('stand once in the list of each API', () => {
    for (const api of API_NAMES) expect(new Set(KNOWN_MODELS[api]).size).toBe(KNOWN_MODELS[api].length);
  });

  it.each([
    ['temperature_2m_max_EC_Earth3P_HR', 'EC_Earth3P_HR'],
    ['temperature_2m_member07_ecmwf_ifs025_ensemble', 'ecmwf_ifs025_ensemble'],
    ['temperature_2m_era5_land', 'era5_land'],
    ['temperature_2m_max', undefined],
    ['temperature_2m_max_ec_earth3p_hr', undefined],
    ['era5', undefined],
  ])('end the column %s: %s', (column, model) => {
    expect(modelSuffix(column)).toBe(model);
  });

  it('belong to every API that lists them', () => {
    expect(apisOfModel('ecmwf_ifs025')).toEqual(['forecast', 'historical-forecast', 'ensemble']);
    expect(apisOfModel('ECMWF_IFS025')).toEqual([]);
  });
});
