import type { PipelineDraft } from './pipeline-draft';

/** The text of a pipeline file: what holds no object stands on one line, so that a column is a line of a diff. */
export function writePipelineFile(draft: PipelineDraft): string {
  return `${write(draft, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (isFlat(value)) return writeLine(value);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((element) => write(element, inner))
    : entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${write(member, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.map((line) => `${inner}${line}`).join(',\n')}\n${indent}${close}`;
}

function isFlat(value: unknown): boolean {
  return entries(value).every(([, member]) => !holdsObject(member));
}

function holdsObject(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsObject);
  return typeof value === 'object' && value !== null;
}

function writeLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeLine).join(', ')}]`;
  const members = entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${writeLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Members that JSON would write. */
function entries(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
