import { MEMBERS_OF_UNKNOWN_MODEL, seriesPerVariable } from '../../../../core/model/ensemble-members';
import { KNOWN_MODELS } from '../../../../core/model/known-models';

describe('seriesPerVariable', () => {
  it.each([
    ['ecmwf_ifs025', 51],
    ['icon_seamless', 40],
    ['dwd_icon_d2_eps', 20],
    ['gfs05', 31],
    ['cmc_gem_geps', 21],
    ['bom_access_global_ensemble', 18],
    ['meteoswiss_icon_ch1_ensemble', 11],
  ])('counts the members of %s on the ensemble API', (model, members) => {
    expect(seriesPerVariable('ensemble', [model])).toBe(members);
  });

  it('adds the members of several models up', () => {
    expect(seriesPerVariable('ensemble', ['ecmwf_ifs025', 'icon_seamless'])).toBe(91);
  });

  it('knows the members of every model of the ensemble API that has a name', () => {
    for (const model of KNOWN_MODELS.ensemble)
      expect([model, seriesPerVariable('ensemble', [model])]).toEqual([model, expect.any(Number)]);
    expect(KNOWN_MODELS.ensemble.map((model) => seriesPerVariable('ensemble', [model]))).not.toContain(0);
  });

  it('counts a model that is not known as the largest, and the members of no other API', () => {
    expect(seriesPerVariable('ensemble', ['model_of_tomorrow'])).toBe(MEMBERS_OF_UNKNOWN_MODEL);
    expect(seriesPerVariable('ensemble', ['toString'])).toBe(MEMBERS_OF_UNKNOWN_MODEL);
    expect(seriesPerVariable('forecast', ['ecmwf_ifs025', 'icon_seamless'])).toBe(2);
    expect(seriesPerVariable('forecast', [])).toBe(1);
  });
});
