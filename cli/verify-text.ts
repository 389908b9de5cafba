import { type Finding, VERIFIED_KINDS, type VerifiedKind, type VerifyReport } from '../core/verify/finding';
import { alignedTable } from './text/aligned-table';
import { countText, plural } from './text/quantities';

/** Of each kind; the others are counted. */
export const FINDINGS_LISTED = 20;

const KINDS: Readonly<Record<VerifiedKind, string>> = {
  manifests: 'manifests',
  objects: 'published objects',
  bodies: 'raw answers',
  requests: 'raw requests',
  orphans: 'orphans',
  staging: 'staged runs',
  leases: 'leases',
};

export interface VerifiedScope {
  readonly lake: string;
  /** null: of all pipelines. */
  readonly pipeline: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** A verification as people read it: what was looked at, then only what is wrong. */
export function verifyText(report: VerifyReport, scope: VerifiedScope): string {
  const kinds = VERIFIED_KINDS.filter((kind) => report[kind].found > 0);
  const parts = [
    countsText(report, scope),
    ...kinds.map((kind) => findingsText(kind, report)),
    sumText(report),
  ];
  return parts.join('\n\n');
}

function countsText(report: VerifyReport, { lake, pipeline, from, to }: VerifiedScope): string {
  const days = from === null ? '' : `, ${from} to ${to}`;
  return alignedTable(
    [
      { head: `${lake}, ${pipeline ?? 'all pipelines'}${days}` },
      { head: 'verified', align: 'right' },
      { head: 'wrong', align: 'right' },
      { head: 'repaired', align: 'right' },
    ],
    VERIFIED_KINDS.map((kind) => {
      const { checked, found, repaired } = report[kind];
      return [KINDS[kind], countText(checked), countText(found), countText(repaired)];
    }),
  );
}

function findingsText(kind: VerifiedKind, report: VerifyReport): string {
  const { found, findings } = report[kind];
  const listed = findings.slice(0, FINDINGS_LISTED);
  const rest = found - listed.length;
  const more = rest > 0 ? [`and ${plural(rest, 'more finding')} of this kind; --json lists more`] : [];
  return [`${KINDS[kind]}:`, ...listed.map(findingText), ...more].join('\n');
}

function findingText({ bucket, object, problem, remedy, repaired }: Finding): string {
  const lines = [
    `  ${bucket}/${object}`,
    `    ${problem}`,
    `    ${repaired ? 'repaired' : 'to do'}: ${remedy}`,
  ];
  return lines.map(withoutControls).join('\n');
}

/** Names of files and words of readers may hold what a terminal would obey. */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sumText(report: VerifyReport): string {
  const sum = (count: 'checked' | 'found' | 'repaired') =>
    VERIFIED_KINDS.reduce((total, kind) => total + report[kind][count], 0);
  const left = sum('found') - sum('repaired');
  if (sum('checked') === 0) return 'Nothing of a lake lies here.';
  if (left === 0) return 'Everything is as the lake says.';
  return `${plural(left, 'finding')} left.`;
}
