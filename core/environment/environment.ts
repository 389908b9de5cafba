import type * as z from 'zod';
import type { environmentSchema } from './schema';

/** What an environment file may be called. Part of every resource name, so short; and without a dash, see below. */
export const ENVIRONMENT_NAME = /^[a-z][a-z0-9]{0,11}$/;

/** An environment file that holds no mistake, with every default filled in. */
export interface Environment extends Readonly<Omit<z.output<typeof environmentSchema>, '$schema'>> {
  /** The name of the file: `dev`, `prod`. */
  readonly environment: string;
}

/** The first part of every physical name. No two environments of one account share it: an environment has no dash. */
export function resourcePrefix({ name, environment }: Pick<Environment, 'name' | 'environment'>): string {
  return `${name}-${environment}-`;
}
