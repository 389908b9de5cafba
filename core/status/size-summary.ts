import { tableOfObject } from '../keys/processed-keys';
import type { Manifest, ObjectReference } from '../manifest/manifest';

export interface ObjectSizes {
  readonly objects: number;
  readonly rows: number;
  readonly bytes: number;
}

export interface SizeSummary {
  readonly tables: Readonly<Record<string, ObjectSizes>>;
  readonly quarantine: ObjectSizes;
  readonly total: ObjectSizes;
}

/** Sizes of what the manifests list; raw and what is staged are not among it. */
export function sizeSummary(manifests: readonly Manifest[]): SizeSummary {
  const tables: Record<string, ObjectSizes> = {};
  for (const object of manifests.flatMap(({ objects }) => objects)) {
    const table = tableOfObject(object.key);
    tables[table] = plus(tables[table] ?? NONE, object);
  }
  const quarantine = manifests.flatMap((manifest) => manifest.quarantine).reduce(plus, NONE);
  const all = [...Object.values(tables), quarantine];
  const total = all.reduce(
    (sum, sizes) => ({
      objects: sum.objects + sizes.objects,
      rows: sum.rows + sizes.rows,
      bytes: sum.bytes + sizes.bytes,
    }),
    NONE,
  );
  return { tables, quarantine, total };
}

const NONE: ObjectSizes = { objects: 0, rows: 0, bytes: 0 };

function plus(sizes: ObjectSizes, { rows, bytes }: ObjectReference): ObjectSizes {
  return { objects: sizes.objects + 1, rows: sizes.rows + rows, bytes: sizes.bytes + bytes };
}
