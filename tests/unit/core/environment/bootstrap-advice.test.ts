import { adviceForBootstrap } from '../../../../core/environment/bootstrap-advice';
import { bootstrapOf } from '../../../environment/bootstrap-of';

describe('adviceForBootstrap', () => {
  it('says where the ids come from that the tokens of newer repositories carry', () => {
    expect(adviceForBootstrap(bootstrapOf())).toEqual([
      {
        path: 'github_ids',
        message: expect.stringContaining(
          "gh api repos/meteo/weather --jq '{owner: .owner.id, repository: .id}'",
        ),
      },
    ]);
  });

  it.each([
    ['are named', { owner: 9001, repository: 42 }],
    ['are said not to be in the tokens', null],
  ])('has nothing to say where the ids %s', (_, github_ids) => {
    expect(adviceForBootstrap(bootstrapOf({ github_ids }))).toEqual([]);
  });
});
