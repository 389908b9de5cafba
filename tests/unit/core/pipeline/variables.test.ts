import { requestedVariable } from '../../../../core/pipeline/variables';

describe('requestedVariable', () => {
  it.each([
    ['temperature_2m', [], 'temperature_2m'],
    ['temperature_2m_member01', [], 'temperature_2m'],
    ['temperature_2m_max_era5', ['era5'], 'temperature_2m_max'],
    ['temperature_2m_max_era5', [], 'temperature_2m_max_era5'],
    ['temperature_2m_member12_icon_seamless', ['icon_seamless'], 'temperature_2m'],
    ['wind_speed_10m_ecmwf_ifs', ['ifs', 'ecmwf_ifs'], 'wind_speed_10m'],
    ['wind_speed_10m_ecmwf_ifs', ['ecmwf_ifs', 'ifs'], 'wind_speed_10m'],
    ['era5', ['era5'], 'era5'],
  ])('asks for %s of the models %j as %s', (source, models, variable) => {
    expect(requestedVariable(source, models)).toBe(variable);
  });
});
