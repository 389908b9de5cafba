import { gunzipSync } from 'node:zlib';
import { manifestKey } from '../../../core/keys/processed-keys';
import { objectsUnder } from '../../lake/test-lake';
import type { FunctionAnswer } from '../account/functions';
import { API_KEY, type Deployment } from './deployment';
import { PIPELINE } from './describe-scheduled-run';
import { dayBefore, SCHEDULED_TIME, WINDOW } from './suite-days';

const WRONG_KEY = 'another-key-0815';

/** An environment with a key of its own in KMS, whose source asks for an API key. */
export function describeKeyedPlan(deployment: Deployment): void {
  const prod = () => deployment.prod;
  const answers: FunctionAnswer[] = [];

  it('sends the key of the secret, and publishes', async () => {
    answers.push(await prod().fire('ingest', SCHEDULED_TIME));

    expect(answers[0]).toMatchObject({
      failed: false,
      payload: { dates: WINDOW.map((date) => ({ date, outcome: 'published' })) },
    });
    expect(deployment.keyed.keys).toEqual([API_KEY, API_KEY]);
  });

  it('a key that the source refuses is an error with a name, and publishes nothing', async () => {
    await deployment.setSecret(WRONG_KEY);
    answers.push(await prod().invoke({ date: dayBefore(8) }));
    await deployment.setSecret(API_KEY);

    expect(answers[1]).toMatchObject({ failed: true, payload: { errorType: 'SourceRejectedError' } });
    expect(
      await prod()
        .store('processed')
        .head(manifestKey(PIPELINE, dayBefore(8))),
    ).toBeUndefined();
    expect(new Set(deployment.keyed.keys)).toEqual(new Set([API_KEY, WRONG_KEY]));
  });

  it('no key stands in a log line, an answer, an object, a state or the synthesized Terraform', async () => {
    const logs = [...(await prod().lines('ingest')), ...(await prod().lines('freshness'))];
    const texts = [...logs, JSON.stringify(answers), ...(await objectTexts()), ...deployment.filesWritten()];

    expect(logs.length).toBeGreaterThan(2);
    for (const key of [API_KEY, WRONG_KEY]) {
      expect(texts.filter((text) => text.includes(key))).toEqual([]);
    }
  });

  async function objectTexts(): Promise<string[]> {
    const objects = await Promise.all(
      (['raw', 'processed'] as const).map((purpose) => objectsUnder(prod().store(purpose), '')),
    );
    return objects
      .flatMap((all) => [...all])
      .flatMap(([name, body]) => [name, (name.endsWith('.gz') ? gunzipSync(body) : body).toString('latin1')]);
  }
}
