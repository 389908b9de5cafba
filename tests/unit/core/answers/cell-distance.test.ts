import fc from 'fast-check';
import { cellBoundDegrees, coarsestCellDegrees, degreesApart } from '../../../../core/answers/cell-distance';
import { apisOfModel } from '../../../../core/model/known-models';
import { API_NAMES, type ApiName } from '../../../../core/model/source';
import { MODELS } from '../../../../simulators/open-meteo/models';

const SEED = 20260201;
const latitude = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.constantFrom(-90, 90, -89.99, 89.99, 0),
);
const longitude = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.constantFrom(-180, 180, -179.99, 179.99, 0),
);
const place = fc.record({ latitude, longitude });
const api = fc.constantFrom(...API_NAMES);
const ofApi = (name: ApiName) => ({ api: name, models: [] });
const step = fc.integer({ min: -1, max: 1 });

/** The centre of a cell of a regular grid, so many cells from the one that is nearest to a value. */
function centre(
  value: number,
  { origin, cell, steps }: { origin: number; cell: number; steps: number },
): number {
  return origin + (Math.round((value - origin) / cell) + steps) * cell;
}

/** As longitudes are written, between -180 and 180. */
function wrapped(value: number): number {
  return ((((value + 180) % 360) + 360) % 360) - 180;
}

interface Search {
  readonly latitude: number;
  readonly longitude: number;
  readonly cell: number;
  readonly origin: number;
  readonly north: number;
  readonly east: number;
}

/** The cell that a search of 3 x 3 cells ends at. A grid has no row beyond a pole. */
function found({ latitude, longitude, cell, origin, north, east }: Search) {
  const row = centre(latitude, { origin, cell, steps: north });
  return {
    latitude: Math.max(-90, Math.min(90, row)),
    longitude: wrapped(centre(longitude, { origin, cell, steps: east })),
  };
}

/** Of two degrees in single precision, twice. */
const ROUNDING = 1e-4;

/** Degrees between two cells, of models whose published grid is coarser than what the simulator has. */
const PUBLISHED_CELLS: Readonly<Record<string, number>> = {
  jma_gsm: 0.5,
  jma_seamless: 0.5,
  cams_global: 0.4,
  era5_ocean: 0.5,
  gwam: 0.25,
  gfs05: 0.5,
  MPI_ESM1_2_XR: 0.5,
};

/** Every API with every model that a pipeline of the simulator can name. */
const SHIPPED = [...MODELS.values()].flatMap(({ name, cell }) =>
  (name === 'best_match' ? API_NAMES : apisOfModel(name)).map((one) => ({
    api: one,
    model: name,
    cell: PUBLISHED_CELLS[name] ?? cell,
  })),
);

describe('the bound on how far a cell may lie from its place', () => {
  test('refuses no cell that a search of 3 x 3 cells reaches on any grid of any API', () => {
    fc.assert(
      fc.property(
        fc.record({ place, api, share: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
        fc.record({ origin: fc.double({ min: -180, max: 0, noNaN: true }), north: step, east: step }),
        ({ place: asked, api: name, share }, search) => {
          const cell = coarsestCellDegrees(ofApi(name)) * share;

          const apart = degreesApart(asked, found({ ...asked, ...search, cell }));

          expect(apart).toBeLessThanOrEqual(cellBoundDegrees(ofApi(name)));
        },
      ),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  test.each(SHIPPED)(
    'refuses no cell of the $api API with the model $model, as sent in single precision',
    ({ api: name, model, cell }) => {
      fc.assert(
        fc.property(place, step, step, (asked, north, east) => {
          const { latitude: row, longitude: column } = found({ ...asked, cell, origin: -180, north, east });
          const sent = { latitude: Math.fround(row), longitude: Math.fround(column) };

          const apart = degreesApart(asked, sent);

          expect(2 * apart).toBeLessThanOrEqual(cellBoundDegrees({ api: name, models: [model] }) + ROUNDING);
        }),
        { seed: SEED, numRuns: 200 },
      );
    },
  );

  test('refuses no cell of a grid whose rows have fewer points towards the poles', () => {
    const RINGS = 640;
    fc.assert(
      fc.property(place, step, step, (asked, north, east) => {
        const height = 180 / (2 * RINGS);
        const row = Math.min(2 * RINGS - 1, Math.max(0, Math.floor((90 - asked.latitude) / height) + north));
        const ring = Math.min(row, 2 * RINGS - 1 - row);
        const width = 360 / (20 + 4 * ring);
        const sent = {
          latitude: 90 - (row + 0.5) * height,
          longitude: wrapped(centre(asked.longitude, { origin: 0, cell: width, steps: east })),
        };

        expect(degreesApart(asked, sent)).toBeLessThanOrEqual(cellBoundDegrees(ofApi('forecast')));
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  test('is twice a search of 3 x 3 cells on the coarsest grid of the API', () => {
    expect(cellBoundDegrees(ofApi('forecast'))).toBe(1.5);
    expect(cellBoundDegrees(ofApi('archive'))).toBe(0.75);
    expect(cellBoundDegrees(ofApi('flood'))).toBeCloseTo(0.3, 12);
    expect(cellBoundDegrees({ api: 'archive', models: ['era5_ensemble'] })).toBe(1.5);
    expect(cellBoundDegrees(ofApi('seasonal'))).toBe(3);
  });

  test('refuses every place on another continent', () => {
    fc.assert(
      fc.property(place, place, api, (a, b, name) => {
        const apart = degreesApart(a, b);
        const isFar =
          Math.abs(a.latitude - b.latitude) > 4 ||
          (Math.max(Math.abs(a.latitude), Math.abs(b.latitude)) < 70 &&
            Math.abs(wrapped(a.longitude - b.longitude)) > 4);

        expect(isFar && apart <= cellBoundDegrees(ofApi(name))).toBe(false);
        expect(degreesApart(b, a)).toBeCloseTo(apart, 9);
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });
});

describe('degrees between two positions', () => {
  test.each([
    ['are the larger difference of the two axes', [50, 10], [51, 12], 2],
    ['wrap at the date line', [-16.8, 179.97], [-16.75, -179.9], 0.13],
    ['wrap where one sign stands for the other', [10, 180], [10, -180], 0],
    ['know western longitudes written as eastern ones', [10, -81], [10, 279], 0],
    ['do not tell longitudes apart at a pole', [90, 0], [90, 123], 0],
    ['are the arc near a pole', [89.9, 0], [89.9, 180], 0.2],
  ] as const)('%s', (_, a, b, degrees) => {
    const apart = degreesApart({ latitude: a[0], longitude: a[1] }, { latitude: b[0], longitude: b[1] });
    expect(apart).toBeCloseTo(degrees, 9);
  });

  test.each([
    [999, 999],
    [90.01, 0],
    [0, 999],
    [-81 + 360, 5],
  ])('are infinite to %d, %d, which is nowhere', (latitude, longitude) => {
    for (const place of [
      { latitude: -81, longitude: 5 },
      { latitude: 90, longitude: 0 },
    ])
      expect(degreesApart(place, { latitude, longitude })).toBe(Number.POSITIVE_INFINITY);
  });
});
