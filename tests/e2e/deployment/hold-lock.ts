import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Locks a state file as a deployment that runs does. */
const HOLD =
  'import fcntl, sys; state = open(sys.argv[1], "r+"); fcntl.lockf(state, fcntl.LOCK_EX); print("held", flush=True); sys.stdin.read()';

/** Does something while another process holds the lock of a local state. */
export async function whileLocked<T>(state: string, act: () => Promise<T>): Promise<T> {
  const holder = spawn('python3', ['-c', HOLD, state], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'close');
  try {
    await Promise.race([
      once(holder.stdout, 'data'),
      ended.then(() => Promise.reject(new Error(`${state} was not locked.`))),
    ]);
    return await act();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
