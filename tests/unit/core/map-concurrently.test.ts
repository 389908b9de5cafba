import { mapConcurrently } from '../../../core/map-concurrently';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('mapConcurrently', () => {
  test('gives results in the order of the items, with no more under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const results = await mapConcurrently([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++underWay);
      await turns(item);
      underWay -= 1;
      return item * 10;
    });

    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  test('after a failure begins nothing more, and tells it when what was under way has ended', async () => {
    const ended: number[] = [];
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      if (item === 0) throw new Error('The first failed.');
      await turns(20);
      ended.push(item);
    };

    await expect(mapConcurrently([0, 1, 2, 3, 4], 3, work)).rejects.toThrow('The first failed.');
    expect(begun).toEqual([0, 1, 2]);
    expect(ended).toEqual([1, 2]);
  });
});
