import type { Bootstrap } from '../../core/environment/bootstrap-schema';
import { parseBootstrap } from '../../core/environment/parse-bootstrap';
import { parseJsonText } from '../../core/json-text';
import { readConfigText } from './read-config-text';

/** The bootstrap's settings from their file. @throws ConfigError listing every mistake */
export async function readBootstrapFile(path: string): Promise<Bootstrap> {
  const text = await readConfigText(path, `The bootstrap file ${path} cannot be read:`, 'restore it');
  const json = parseJsonText(text, `The bootstrap file ${path} is not JSON:`);
  return parseBootstrap(json, `The bootstrap file ${path} has mistakes:`);
}
