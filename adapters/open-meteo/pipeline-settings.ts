import type { SourceSettings } from '../../core/pipeline/pipeline';
import type { OpenMeteoSettings } from './settings';

/** What a pipeline says of how the source is asked. */
export function pipelineSettings(source: SourceSettings): OpenMeteoSettings {
  const { plan, concurrency, limits, windows } = source;
  return {
    plan,
    concurrency,
    limits,
    windows: {
      minuteSeconds: windows.minute_seconds,
      hourSeconds: windows.hour_seconds,
      daySeconds: windows.day_seconds,
    },
    marginSeconds: windows.margin_seconds,
    timeoutSeconds: source.timeout_seconds,
    maxBodyBytes: source.max_body_bytes,
  };
}
