import { findZone, GMT } from '../../../../simulators/open-meteo/zone';

const WINTER = Date.parse('2026-01-15T12:00:00Z');
const SUMMER = Date.parse('2026-07-15T12:00:00Z');

describe('zones', () => {
  it('have the offset of the time of asking', () => {
    expect(findZone('Europe/Berlin', 0, WINTER)).toEqual({
      name: 'Europe/Berlin',
      abbreviation: 'GMT+1',
      offsetSeconds: 3600,
      readHours: 1,
    });
    expect(findZone('Europe/Berlin', 0, SUMMER)).toMatchObject({
      abbreviation: 'GMT+2',
      offsetSeconds: 7200,
    });
  });

  it.each([
    ['Etc/GMT-1', 3600, 1, 'GMT+1'],
    ['Etc/GMT+12', -43_200, -12, 'GMT-12'],
    ['Etc/GMT-14', 50_400, 14, 'GMT+14'],
    ['Asia/Kolkata', 19_800, 5, 'GMT+5:30'],
    ['America/St_Johns', -12_600, -3, 'GMT-3:30'],
    ['Asia/Kathmandu', 20_700, 5, 'GMT+5:45'],
    ['UTC', 0, 0, 'GMT'],
  ])(
    'read %s at whole hours, cut towards zero, and label it truly',
    (name, offsetSeconds, readHours, abbreviation) => {
      expect(findZone(name, 0, WINTER)).toEqual({ name, offsetSeconds, readHours, abbreviation });
    },
  );

  it.each([
    [13.4, 'Etc/GMT-1', 3600],
    [-74, 'Etc/GMT+5', -18_000],
  ])('auto at %p degrees is %s', (longitude, name, offsetSeconds) => {
    expect(findZone('auto', longitude, WINTER)).toMatchObject({ name, offsetSeconds });
  });

  it('auto at Greenwich is GMT', () => {
    expect(findZone('auto', 3, WINTER)).toBe(GMT);
  });

  it.each(['Mars/Olympus', '+01:00', '7'])('refuse %p', (name) => {
    expect(() => findZone(name, 0, WINTER)).toThrow('Invalid timezone');
  });
});
