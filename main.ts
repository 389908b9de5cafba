import { resolve } from 'node:path';
import { App } from 'cdktf';
import { readBootstrapFile } from './adapters/filesystem/bootstrap-file';
import { environmentFiles, readEnvironmentFile } from './adapters/filesystem/environment-file';
import { adviceForEnvironment } from './core/environment/advice';
import { adviceForBootstrap } from './core/environment/bootstrap-advice';
import { ConfigError } from './core/errors';
import { oneLine } from './core/message-text';
import type { Advice } from './core/pipeline/advice';
import { WeatherBootstrapStack } from './stacks/weather-bootstrap-stack';
import { WeatherIngestStack } from './stacks/weather-ingest-stack';
import { WeatherLakeStack } from './stacks/weather-lake-stack';

const ENVIRONMENTS = process.env.INGEST_WEATHER_ENVIRONMENTS ?? 'resources/environments';
const BOOTSTRAP = process.env.INGEST_WEATHER_BOOTSTRAP ?? 'resources/bootstrap.json';
const BUNDLES = resolve('dist/functions');

async function main(): Promise<void> {
  const app = new App({ stackTraces: false });
  for (const file of await environmentFiles(ENVIRONMENTS)) {
    const deployment = await readEnvironmentFile(file);
    advise(file, adviceForEnvironment(deployment.environment, deployment.pipeline));
    const lake = new WeatherLakeStack(app, deployment);
    new WeatherIngestStack(app, { ...deployment, lake, bundles: BUNDLES });
  }
  const bootstrap = await readBootstrapFile(BOOTSTRAP);
  advise(BOOTSTRAP, adviceForBootstrap(bootstrap));
  new WeatherBootstrapStack(app, bootstrap);
  app.synth();
}

function advise(file: string, advice: readonly Advice[]): void {
  for (const { path, message } of advice)
    process.stderr.write(`${oneLine(file)}: worth knowing: ${path}: ${message}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
