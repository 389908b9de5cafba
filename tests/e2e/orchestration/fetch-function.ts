import { type MessageCounts, noMessages } from '../../../core/messages/message-counts';
import { jsonLines, logLines } from '../account/logs';
import type { OrchestratedDeployment } from './orchestrated-deployment';

export const FETCH = 'weather-dev-fetch-weather';
export const TRANSFORM = 'weather-dev-transform-weather';

export function linesOf({ dev }: OrchestratedDeployment, functionName: string): Promise<string[]> {
  return logLines(dev.address, `/aws/lambda/${functionName}`);
}

/** What fetch-weather has counted of messages since it was deployed, by its metrics. */
export async function messageCounts(deployment: OrchestratedDeployment): Promise<MessageCounts> {
  const metrics = jsonLines(await linesOf(deployment, FETCH)).filter((line) => '_aws' in line);
  const counts = noMessages();
  for (const name of Object.keys(counts) as (keyof MessageCounts)[]) {
    counts[name] = metrics.reduce((sum, line) => sum + Number(line[name] ?? 0), 0);
  }
  return counts;
}
