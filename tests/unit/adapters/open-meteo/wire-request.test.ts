import {
  describeRequest,
  encodeForm,
  MAX_FREE_FORM_BYTES,
  MAX_GET_CHARACTERS,
} from '../../../../adapters/open-meteo/wire-request';
import { ConfigError } from '../../../../core/errors';
import type { RequestLocation } from '../../../../core/model/request';
import { BERLIN, weatherRequest } from '../../../open-meteo/weather-request';

const FREE = { plan: 'free' } as const;
const TROMSO: RequestLocation = { id: 'tromsø', number: 2, latitude: 69.65, longitude: -18.955123456 };

function manyLocations(count: number, timezone?: string): RequestLocation[] {
  const zone = timezone === undefined ? {} : { timezone };
  return Array.from({ length: count }, (_, index) => ({
    id: `l${index}`,
    number: index + 1,
    latitude: 10 + index / 1000,
    longitude: -100.5 - index / 1000,
    ...zone,
  }));
}

function thrownBy(action: () => unknown): ConfigError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('describeRequest', () => {
  it('refuses a form that the free host does not read, and names the way out', () => {
    const request = weatherRequest({ locations: manyLocations(4000, 'Etc/GMT-1') });

    const error = thrownBy(() => describeRequest(request, FREE));

    expect(error.problems[0]?.path).toBe('source.locations_per_request');
    expect(error.message).toContain(String(MAX_FREE_FORM_BYTES));
    expect(error.message).toContain('fewer locations');
  });

  it('leaves the length of a form to the keyed host', () => {
    const request = weatherRequest({ locations: manyLocations(4000, 'Etc/GMT-1') });

    const wire = describeRequest(request, { plan: 'keyed' });

    expect(wire.method).toBe('POST');
  });

  it('refuses elevations for some locations only, and names the locations without', () => {
    const request = weatherRequest({ locations: [{ ...BERLIN, elevation: 38 }, TROMSO] });

    const error = thrownBy(() => describeRequest(request, FREE));

    expect(error.message).toMatch(/all locations of a request or for none.*tromsø/s);
  });

  it('asks for one section over a run of days, one list entry per location', () => {
    const request = weatherRequest({ locations: [BERLIN, TROMSO], models: ['era5', 'ecmwf_ifs'] });

    const wire = describeRequest(request, FREE);

    expect(Object.entries(wire.form)).toEqual([
      ['latitude', '52.52,69.65'],
      ['longitude', '13.405,-18.955123456'],
      ['location_id', '1,2'],
      ['start_date', '2026-03-01'],
      ['end_date', '2026-03-02'],
      ['hourly', 'temperature_2m,precipitation'],
      ['models', 'era5,ecmwf_ifs'],
      ['wind_speed_unit', 'ms'],
    ]);
  });

  it('calls the model of the air-quality API a domain, as that API does', () => {
    const { form } = describeRequest(weatherRequest({ api: 'air-quality', models: ['cams_europe'] }), FREE);

    expect([form.domains, form.models]).toEqual(['cams_europe', undefined]);
  });

  it('says no models, elevation or time zone where the request has none', () => {
    const wire = describeRequest(weatherRequest(), FREE);

    expect(Object.keys(wire.form)).not.toEqual(expect.arrayContaining(['models']));
    expect(wire.form.elevation).toBeUndefined();
    expect(wire.form.timezone).toBeUndefined();
  });

  it('sends elevations when every location has one, 0 included', () => {
    const locations = [
      { ...BERLIN, elevation: 0 },
      { ...TROMSO, elevation: 12.5 },
    ];

    const wire = describeRequest(weatherRequest({ locations }), FREE);

    expect(wire.form.elevation).toBe('0,12.5');
  });

  it('sends one time zone per location as soon as one has a zone, GMT for the others', () => {
    const locations = [BERLIN, { ...TROMSO, timezone: 'Etc/GMT-1' }];

    const wire = describeRequest(weatherRequest({ locations, section: 'daily' }), FREE);

    expect(wire.form.timezone).toBe('GMT,Etc/GMT-1');
    expect(wire.form.daily).toBe('temperature_2m,precipitation');
  });

  it('switches current_weather on, which has no variables', () => {
    const wire = describeRequest(weatherRequest({ section: 'current_weather', variables: [] }), FREE);

    expect(wire.form.current_weather).toBe('true');
  });

  it('percent-encodes what means something else in an address', () => {
    const locations = [{ ...BERLIN, timezone: 'Etc/GMT+9' }];

    const text = encodeForm(describeRequest(weatherRequest({ locations }), FREE).form);

    expect(text).toContain('timezone=Etc%2FGMT%2B9');
    expect(text).not.toContain('+');
  });

  it('takes POST as soon as the address would be one character too long', () => {
    const short = describeRequest(weatherRequest({ unitParameters: { pad: '' } }), FREE);
    const room = MAX_GET_CHARACTERS - short.address.length - 1 - encodeForm(short.form).length;

    const longest = describeRequest(weatherRequest({ unitParameters: { pad: 'x'.repeat(room) } }), FREE);
    const longer = describeRequest(weatherRequest({ unitParameters: { pad: 'x'.repeat(room + 1) } }), FREE);

    expect([longest.method, longer.method]).toEqual(['GET', 'POST']);
  });

  it('fits the thousand locations that one request may hold into a form of the free host', () => {
    const wire = describeRequest(weatherRequest({ locations: manyLocations(1000, 'Etc/GMT-14') }), FREE);

    expect(encodeForm(wire.form).length).toBeLessThan(MAX_FREE_FORM_BYTES);
  });
});
