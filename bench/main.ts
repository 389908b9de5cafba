import { Command } from 'commander';
import { coldStart } from './cold-start';
import { dailyBatch } from './daily-batch';
import { functionMemory } from './function-memory';
import { jsonToParquet } from './json-to-parquet';
import type { Figure } from './measure';
import { quotaUse } from './quota-use';
import { synth } from './synth';
import { tenYears } from './ten-years';
import { yearOfGrid } from './year-of-grid';
import { zipSizes } from './zip-sizes';

const BENCHMARKS = {
  json_to_parquet: jsonToParquet,
  daily_batch: dailyBatch,
  year_of_grid: yearOfGrid,
  quota_use: quotaUse,
  ten_years: tenYears,
  synth,
  cold_start: coldStart,
  zip: zipSizes,
  function_memory: functionMemory,
} as const;

interface BenchOptions {
  readonly json?: boolean;
  readonly peers?: boolean;
}

const write = (line: string) => void process.stdout.write(`${line}\n`);

function printFigure({ name, value, unit, reference, ratio }: Figure): void {
  const against = reference === undefined ? '' : `  reference ${reference} ${unit}, ratio ${ratio}`;
  write(`${name.padEnd(56)} ${String(value).padStart(12)} ${unit}${against}`);
}

async function run(names: string[], { json = false, peers = false }: BenchOptions): Promise<void> {
  const report = json ? (figure: Figure) => write(JSON.stringify(figure)) : printFigure;
  const chosen = names.length === 0 ? Object.keys(BENCHMARKS) : names;
  for (const name of chosen) {
    const benchmark = BENCHMARKS[name as keyof typeof BENCHMARKS];
    if (benchmark === undefined) {
      throw new Error(`No benchmark is called ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
    }
    await benchmark(report, { peers });
  }
}

void new Command('bench')
  .description('Measures speed and memory; figures hold for this machine and run only.')
  .argument('[names...]', `which: ${Object.keys(BENCHMARKS).join(', ')} (default: all)`)
  .option('--json', 'one JSON object a line: name, value, unit, reference, ratio')
  .option('--peers', 'also pyarrow + orjson and Polars, in a Python environment made on first use')
  .action(run)
  .parseAsync();
