import type { FetchMessage } from '../../core/messages/fetch-message';
import type { RequestItem } from '../../core/orchestration/run-items';
import type { Day } from '../../core/time/day';

export function requestItem(parts: Partial<RequestItem> = {}): RequestItem {
  return {
    run_id: '20261119T120000Z-00000000',
    execution: 'daily',
    n: 0,
    group: '0',
    request_id: 'a1b2c3',
    section: 'hourly',
    chunk: 0,
    from: '2026-11-17' as Day,
    to: '2026-11-18' as Day,
    api: 'forecast',
    models: [],
    weight: 2,
    ...parts,
  };
}

export function fetchMessage(parts: Partial<FetchMessage> = {}): FetchMessage {
  return {
    task_token: 'token',
    item: requestItem(),
    attempt: 1,
    not_before: null,
    first_sent: null,
    ...parts,
  };
}
