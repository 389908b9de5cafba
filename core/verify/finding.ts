/** What is verified, in the order of the report. */
export const VERIFIED_KINDS = [
  'manifests',
  'objects',
  'bodies',
  'requests',
  'orphans',
  'staging',
  'leases',
] as const;
export type VerifiedKind = (typeof VERIFIED_KINDS)[number];

/** One thing that is wrong in a lake. */
export interface Finding {
  readonly kind: VerifiedKind;
  readonly bucket: 'raw' | 'processed';
  /** Key of the object, or the prefix of a run's staging. */
  readonly object: string;
  /** What is wrong, in words. */
  readonly problem: string;
  /** How to put it right, in words. */
  readonly remedy: string;
  readonly repaired: boolean;
}

/** What was looked at of one kind, and what is wrong with it. */
export interface KindReport {
  readonly checked: number;
  readonly found: number;
  readonly repaired: number;
  /** The first {@link FINDINGS_KEPT}. */
  readonly findings: readonly Finding[];
}

/** Of each kind. A lake of which everything is spoilt must not fill the memory; the count goes on. */
export const FINDINGS_KEPT = 1000;

export type VerifyReport = Readonly<Record<VerifiedKind, KindReport>>;

/** Counts what is checked and collects what is found. */
export class FindingBook {
  readonly #kinds = new Map(VERIFIED_KINDS.map((kind) => [kind, new KindBook()]));

  checked(kind: VerifiedKind): void {
    this.#kinds.get(kind)!.checked++;
  }

  add(...findings: readonly Finding[]): void {
    for (const finding of findings) this.#kinds.get(finding.kind)!.add(finding);
  }

  report(): VerifyReport {
    return Object.fromEntries(this.#kinds) as unknown as VerifyReport;
  }
}

class KindBook implements KindReport {
  checked = 0;
  found = 0;
  repaired = 0;
  readonly findings: Finding[] = [];

  add(finding: Finding): void {
    this.found++;
    if (finding.repaired) this.repaired++;
    if (this.findings.length < FINDINGS_KEPT) this.findings.push(finding);
  }
}
