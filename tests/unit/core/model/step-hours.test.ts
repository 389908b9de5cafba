import { ownStep, takesSteps, temporalResolution } from '../../../../core/model/step-hours';

describe('temporalResolution', () => {
  it.each([
    ['seasonal', 1, 'hourly'],
    ['seasonal', 3, 'hourly_3'],
    ['seasonal', 6, 'hourly_6'],
    ['ensemble', 1, undefined],
    ['ensemble', 6, 'hourly_6'],
    ['forecast', 1, undefined],
    ['archive', 1, undefined],
  ] as const)('of the %s API in steps of %i h is %s', (api, hours, resolution) => {
    expect(temporalResolution({ api, section: 'hourly' }, hours * 3_600)).toBe(resolution);
  });

  it.each([
    ['seasonal', 'daily', 86_400],
    ['ensemble', 'daily', 86_400],
    ['ensemble', 'minutely_15', 900],
    ['seasonal', 'weekly', undefined],
  ] as const)(
    'of the %s API is none for the section %s, which has one step only',
    (api, section, seconds) => {
      expect(temporalResolution({ api, section }, seconds)).toBeUndefined();
    },
  );
});

describe('ownStep', () => {
  it('is six hours on the seasonal API alone', () => {
    expect(ownStep('seasonal')).toBe(6);
    expect(ownStep('ensemble')).toBe(1);
    expect(ownStep('forecast')).toBe(1);
    expect([takesSteps('ensemble'), takesSteps('forecast')]).toEqual([true, false]);
  });
});
