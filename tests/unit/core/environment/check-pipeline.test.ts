import { checkPipeline } from '../../../../core/environment/check-pipeline';
import { environmentOf, type Json } from '../../../environment/environment-of';
import { pipelineOf } from '../../../weather/pipeline-of';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:open-meteo-AbCdEf';

function problemsOf(environment: Json, source: Json = {}) {
  return checkPipeline(environmentOf(environment), pipelineOf({ source }));
}

describe('checkPipeline', () => {
  it('finds nothing in the defaults, nor in a keyed plan with its secret', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ api_key_secret_arn: SECRET }, { plan: 'keyed' })).toEqual([]);
  });

  it('wants the function to outlast an answer, and says by what', () => {
    const limit = { function: { timeout_seconds: 60 } };

    expect(problemsOf(limit, { timeout_seconds: 59 })).toEqual([]);
    expect(problemsOf(limit, { timeout_seconds: 60 })).toEqual([
      {
        path: 'function.timeout_seconds',
        message: expect.stringMatching(/source\.timeout_seconds: 60\); raise this, or lower that$/),
        received: '60',
      },
    ]);
  });

  it('tells all mistakes at once', () => {
    const problems = problemsOf({ function: { timeout_seconds: 90 } }, { plan: 'keyed' });

    expect(problems.map(({ path }) => path)).toEqual(['api_key_secret_arn', 'function.timeout_seconds']);
  });
});
