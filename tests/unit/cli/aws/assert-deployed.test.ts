import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { assertDeployed } from '../../../../cli/aws/assert-deployed';
import type { DeployedEnvironment } from '../../../../cli/aws/deployed-environment';
import { type SmallPipeline, smallPipeline, smallPipelineFile } from '../../../lake/small-pipeline';
import { deployedPipeline } from './deployed-pipeline';

const CASABLANCA = {
  id: 'casa',
  name: 'Casablanca',
  latitude: 33.57,
  longitude: -7.59,
  timezone: 'Africa/Casablanca',
};

describe('the pipeline of a command and the deployed one', () => {
  const compare = async (deployed: SmallPipeline, local: SmallPipeline = {}) => {
    const raw = await deployedPipeline(deployed);
    return assertDeployed({ pipeline: smallPipeline(local), raw } as unknown as DeployedEnvironment);
  };

  it.each<[string, SmallPipeline]>([
    ['are one where they are equal', {}],
    ['may differ in what plans hardly follow from', { source: { timeout_seconds: 30 } }],
  ])('%s', async (_, local) => {
    await expect(compare({}, local)).resolves.toBeUndefined();
  });

  it.each<[string, SmallPipeline, RegExp]>([
    ['locations', { locations: [0, 4] }, /- locations: is deployed as 3 locations, .*received 4 locations/],
    ['other locations', { locations: [1, 4] }, /- locations: is deployed as 3 locations/],
    ['chunks', { chunk: 1 }, /- source\.locations_per_request: is deployed as 2; deploy first.*received 1/],
    ['schema', { extra: { schema_version: 2 } }, /- schema_version: is deployed as 1; .*received 2/],
    [
      'sections',
      { extra: { tables: (smallPipelineFile().tables as unknown[]).slice(0, 1) } },
      /- tables: is deployed as the sections hourly, daily; .*received the sections hourly/,
    ],
  ])('are refused when they have other %s', async (_, local, says) => {
    await expect(compare({}, local)).rejects.toThrow(says);
  });

  it('are refused when a location keeps another day, as one deployed before its standard time was known', async () => {
    const at = (utc_offset_hours: number | undefined) => ({
      extra: {
        locations: [{ ...CASABLANCA, ...(utc_offset_hours === undefined ? {} : { utc_offset_hours }) }],
      },
    });

    await expect(compare(at(undefined), at(1))).resolves.toBeUndefined();
    await expect(compare(at(0), at(undefined))).rejects.toThrow(
      /- locations\[\]\.utc_offset_hours: is deployed as 0 .*; deploy first.*received 1 /,
    );
  });

  it('are refused where nothing is deployed', async () => {
    const raw = new MemoryObjectStore();
    const deployed = { pipeline: smallPipeline(), raw } as unknown as DeployedEnvironment;

    await expect(assertDeployed(deployed)).rejects.toThrow('there is no such object; deploy the pipeline');
  });
});
