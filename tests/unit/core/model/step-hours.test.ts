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
    expect(temporalResolution(api, hours * 3_600)).toBe(resolution);
  });

  it('is none where a section has no grid', () => {
    expect(temporalResolution('seasonal', undefined)).toBeUndefined();
  });
});

describe('ownStep', () => {
  it('is six hours on the seasonal API alone', () => {
    expect(ownStep('seasonal')).toBe(6);
    expect(ownStep('ensemble')).toBe(1);
    expect(ownStep('forecast')).toBe(1);
    expect([takesSteps('ensemble'), takesSteps('forecast')]).toEqual([true, false]);
  });
});
