import { resolve } from 'node:path';
import { App } from 'cdktf';
import { readBootstrapFile } from './adapters/filesystem/bootstrap-file';
import { environmentFiles, readEnvironmentFile } from './adapters/filesystem/environment-file';
import { adviceForEnvironment } from './core/environment/advice';
import { ConfigError } from './core/errors';
import { oneLine } from './core/message-text';
import type { Deployment } from './stacks/deployment';
import { WeatherBootstrapStack } from './stacks/weather-bootstrap-stack';
import { WeatherIngestStack } from './stacks/weather-ingest-stack';
import { WeatherLakeStack } from './stacks/weather-lake-stack';

const ENVIRONMENTS = process.env.INGEST_WEATHER_ENVIRONMENTS ?? 'resources/environments';
const BOOTSTRAP = 'resources/bootstrap.json';
const BUNDLES = resolve('dist/functions');

async function main(): Promise<void> {
  const app = new App({ stackTraces: false });
  for (const file of await environmentFiles(ENVIRONMENTS)) {
    const deployment = await readEnvironmentFile(file);
    advise(file, deployment);
    const lake = new WeatherLakeStack(app, deployment);
    new WeatherIngestStack(app, { ...deployment, lake, bundles: BUNDLES });
  }
  new WeatherBootstrapStack(app, await readBootstrapFile(BOOTSTRAP));
  app.synth();
}

function advise(file: string, { environment, pipeline }: Deployment): void {
  for (const { path, message } of adviceForEnvironment(environment, pipeline)) {
    process.stderr.write(`${oneLine(file)}: worth knowing: ${path}: ${message}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
