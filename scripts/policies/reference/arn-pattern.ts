/** Variables of an ARN's shape whose values may have slashes: `${RoleNameWithPath}`, `${ObjectName}`. */
const WITH_SLASHES = /Path$|^(ObjectName|LogGroupName|LogStreamName|SecretId)$/;

/** A place in a pattern or a shape: one character of those that it takes, or any number of them. */
interface Step {
  readonly takes: (character: string) => boolean;
  /** The one character that it takes; `undefined`: several. */
  readonly only?: string;
  readonly repeats: boolean;
}

/** Whether a policy's pattern, in which `*` stands for anything, means any ARN of a shape: `arn:${Partition}:s3:::${BucketName}`. */
export function meansAny(pattern: string, shape: string): boolean {
  return meet([...pattern].map(stepOfPattern), stepsOfShape(shape));
}

function stepOfPattern(character: string): Step {
  return character === '*' ? { takes: () => true, repeats: true } : literal(character);
}

function stepsOfShape(shape: string): Step[] {
  return shape.split(/(\$\{\w+\})/).flatMap((part, index, parts) => {
    const [, variable] = /^\$\{(\w+)\}$/.exec(part) ?? [];
    if (variable === undefined) return [...part].map(literal);
    const characters = charactersOf(variable, parts[index + 1] ?? '');
    const takes = (character: string) => characters.test(character);
    return [
      { takes, repeats: false },
      { takes, repeats: true },
    ];
  });
}

/** A value ends at the separator that follows it. */
function charactersOf(variable: string, next: string): RegExp {
  if (next !== '') return next.startsWith('/') ? /[^:/]/ : /[^:]/;
  return WITH_SLASHES.test(variable) ? /./s : /[^:/]/;
}

function literal(only: string): Step {
  return { takes: (character) => character === only, only, repeats: false };
}

/** Whether one text fits both; each pair of places is looked at once. */
function meet(pattern: readonly Step[], shape: readonly Step[]): boolean {
  const known = new Map<string, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = `${i},${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = fits(i, j);
    known.set(key, result);
    return result;
  };
  const fits = (i: number, j: number): boolean => {
    const [one, other] = [pattern[i], shape[j]];
    if (one === undefined && other === undefined) return true;
    if (one?.repeats && from(i + 1, j)) return true;
    if (other?.repeats && from(i, j + 1)) return true;
    if (one === undefined || other === undefined || (one.repeats && other.repeats)) return false;
    return share(one, other) && from(one.repeats ? i : i + 1, other.repeats ? j : j + 1);
  };
  return from(0, 0);
}

/** A step of a pattern takes one character or all. */
function share(one: Step, other: Step): boolean {
  return one.only === undefined || other.takes(one.only);
}
