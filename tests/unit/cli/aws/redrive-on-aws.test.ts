import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import type { DeployedEnvironment } from '../../../../cli/aws/deployed-environment';
import { redriveOnAws } from '../../../../cli/aws/redrive-on-aws';
import { writeDocument } from '../../../../core/json-document';
import { manifestKey } from '../../../../core/keys/processed-keys';
import type { Day } from '../../../../core/time/day';
import { MemoryExecutions } from '../../../executions/memory-executions';
import { MemoryLetterBox } from '../../../executions/memory-letter-box';
import { manifestOf } from '../../../lake/manifest-of';
import { type SmallPipeline, smallPipeline } from '../../../lake/small-pipeline';
import { capturedSurroundings } from '../captured-surroundings';
import { deployedPipeline } from './deployed-pipeline';

const NOW = Date.parse('2025-04-01T12:00:00Z');
const REASON = { name: 'ConfigError', message: 'The message cannot be used' };

describe('a redrive by executions', () => {
  let executions: MemoryExecutions;
  let letters: MemoryLetterBox;
  const redrive = async (local: SmallPipeline = {}, { dropUnreadable = false, from = '' } = {}) => {
    const processed = new MemoryObjectStore();
    const whole = manifestOf('2025-03-28', { pipeline: 'small' });
    await processed.put(manifestKey('small', '2025-03-28' as Day), writeDocument(whole));
    const raw = await deployedPipeline({ ...local, chunk: 2 });
    const deployed = {
      name: 'dev',
      pipeline: smallPipeline(local),
      live: true,
      raw,
      processed,
      executions,
      deadLetters: letters,
    } as unknown as DeployedEnvironment;
    const span = from === '' ? undefined : { from: from as Day, to: '2025-03-28' as Day };
    return redriveOnAws(
      { now: NOW, options: { lake: './lake' }, surroundings: capturedSurroundings() },
      { deployed, span, dropUnreadable },
    );
  };

  beforeEach(() => {
    executions = new MemoryExecutions();
    letters = new MemoryLetterBox([{ item: null, reason: REASON }]);
  });

  it('starts and deletes nothing for a pipeline that is not the one that is deployed', async () => {
    await expect(redrive({ chunk: 1 })).rejects.toThrow('is not the one that is deployed');

    expect(executions.started).toEqual([]);
    expect(letters.left()).toEqual(['0']);
  });

  it('is of the days from the first that is published to the newest that is due', async () => {
    const { document, text } = await redrive();

    expect(document).toMatchObject({
      environment: 'dev',
      missing: [{ from: '2025-03-29', to: '2025-03-31' }],
      left: [],
      next: null,
    });
    expect(text()).toContain('missing: 2025-03-29 to 2025-03-31');
    expect(text()).toContain('1 letter kept that cannot be read: --drop-unreadable deletes such');
  });

  it('says when to run it again for what is left', async () => {
    const source = { limits: { minute: 10, hour: 10, day: 10 }, max_weight_per_request: 5 };

    const { document, text } = await redrive({ source }, { from: '2024-04-01' });

    const [{ name }] = document.executions as [{ name: string }];
    expect(document.next).toBe(`Run redrive again for the days that are left when ${name} has ended.`);
    expect(text()).toContain(document.next as string);
    expect(text()).toMatch(/^left: 2024-\d\d-\d\d to 2025-03-27$/m);
  });

  it('starts nothing while an execution takes the quota of two days, and says so', async () => {
    const source = { limits: { minute: 10, hour: 10, day: 10 }, max_weight_per_request: 5 };
    await executions.start('by-hand', JSON.stringify({ from: '2024-01-01', to: '2024-03-31' }));

    const { document, text } = await redrive({ source }, { from: '2024-04-01' });

    expect(document).toMatchObject({
      executions: [],
      left: [{ from: '2024-04-01', to: '2025-03-27' }],
      next: 'Run redrive again for the days that are left when what is under way has ended.',
    });
    expect(text()).toMatch(/^Nothing was started\.$/m);
  });

  it('says for which days to run it for the letters about days before the first that is published', async () => {
    const item = { section: 'hourly', chunk: 0, from: '2025-02-01', to: '2025-02-14', execution: 'e' };
    letters = new MemoryLetterBox([{ item, reason: REASON }]);

    const { document, text } = await redrive();

    expect(document.letters).toMatchObject({
      kept: 1,
      elsewhere: { letters: 1, from: '2025-02-01', to: '2025-02-14' },
    });
    expect(text()).toContain(
      '1 letter is about days that were not looked at: redrive --aws --environment dev --from 2025-02-01 --to 2025-02-14',
    );
  });

  it('prints the reason of each letter that it drops', async () => {
    const { text } = await redrive({}, { dropUnreadable: true });

    expect(text()).toContain('dead letters: 1 deleted, 0 kept');
    expect(text()).toContain('deleted, could not be read: 0, ConfigError: The message cannot be used');
    expect(letters.left()).toEqual([]);
  });
});
