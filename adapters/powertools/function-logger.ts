import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { LogFields, Logger } from '../../core/ports/logger';

/** JSON lines on standard output with Powertools' standard keys; service and level come from Powertools' variables. */
export class FunctionLogger implements Logger {
  private readonly log = new PowertoolsLogger();

  /** Whose lines follow: the invocation's own keys stand in each. */
  begin(context: Context): void {
    this.log.resetKeys();
    this.log.addContext(context);
  }

  /** Keys of every line until the next invocation begins. */
  bind(fields: LogFields): void {
    this.log.appendKeys({ ...fields });
  }

  debug(message: string, fields: LogFields = {}): void {
    this.log.debug(message, { ...fields });
  }

  info(message: string, fields: LogFields = {}): void {
    this.log.info(message, { ...fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.log.warn(message, { ...fields });
  }

  error(message: string, fields: LogFields = {}): void {
    this.log.error(message, { ...fields });
  }
}
