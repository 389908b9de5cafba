const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const STEP = 1024;

/** `1.4 MiB` */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < BYTE_UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** `1,234,567` */
export function countText(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** `1 day`, `2 days` */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12 %`, with as many decimals as small shares need. */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent === 0 || percent >= 1 ? countText(Math.round(percent)) : percent.toPrecision(2)} %`;
}

/** `2 d 3 h`, `4 min 5 s`: the two largest units. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const parts = [
    { value: Math.floor(whole / 86_400), unit: 'd' },
    { value: Math.floor(whole / 3_600) % 24, unit: 'h' },
    { value: Math.floor(whole / 60) % 60, unit: 'min' },
    { value: whole % 60, unit: 's' },
  ];
  const first = parts.findIndex(({ value }) => value > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ value }) => value > 0)
    .map(({ value, unit }) => `${value} ${unit}`)
    .join(' ');
}
