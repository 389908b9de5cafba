import { draftFromVariables } from '../../../../core/drafting/draft-from-variables';
import { writePipelineFile } from '../../../../core/drafting/write-pipeline-file';

const DRAFT = draftFromVariables({
  name: 'place',
  latitude: 1,
  longitude: 2,
  variables: ['temperature_2m', 'rain'],
});

describe('writePipelineFile', () => {
  it('gives the same pipeline back', () => {
    expect(JSON.parse(writePipelineFile(DRAFT))).toEqual(DRAFT);
  });

  it('writes a column on one line, and a location', () => {
    const lines = writePipelineFile(DRAFT).split('\n');

    expect(lines.filter((line) => line.startsWith('        { "source": '))).toHaveLength(2);
    expect(lines).toContain(
      '    { "id": "location-1", "name": "location-1", "latitude": 1, "longitude": 2, "timezone": "GMT" }',
    );
    expect(lines.at(-1)).toBe('');
  });
});
