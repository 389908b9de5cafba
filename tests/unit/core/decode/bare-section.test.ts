import { decode, sectionOf, valuesOf } from './decoded';

describe('a bare block', () => {
  const block = '{"temperature_2m":[1.5],"time":["2026-01-01T00:00"]}';
  const wanted = { hourly: { temperature_2m: 'number' } } as const;

  test('is read as the section that is named for it', () => {
    const [location] = decode(block, wanted, 'hourly');

    expect(location).toEqual({ index: 0, sections: expect.any(Map) });
    const hourly = sectionOf(location, 'hourly');
    expect(hourly).toMatchObject({ rows: 1, offset: 0 });
    expect(valuesOf(hourly.columns.get('temperature_2m'))).toEqual([1.5]);
  });

  test('of one row is read, too', () => {
    const [location] = decode('{"time":"2026-01-01T00:00","a":1}', { current: { a: 'number' } }, 'current');

    expect(valuesOf(sectionOf(location, 'current').columns.get('a'))).toEqual([1]);
  });

  test.each([
    `{"hourly":${block}}`,
    `{"latitude":1,"hourly":${block}}`,
    `[{"hourly":${block}}]`,
    `{"hourly":${block},"time":0}`,
  ])('is told from an answer with its envelope: %s', (text) => {
    const [location] = decode(text, wanted, 'hourly');

    expect(valuesOf(sectionOf(location, 'hourly').columns.get('temperature_2m'))).toEqual([1.5]);
  });

  test('breaks the contract as any other section does, and says where', () => {
    const broken = '{"time":["2026-01-01T00:00"],"temperature_2m":["warm"]}';

    expect(() => decode(broken, wanted, 'hourly')).toThrow(
      /Location 0 of the answer, hourly\.temperature_2m, byte 47/,
    );
  });
});
