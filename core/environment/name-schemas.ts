import * as z from 'zod';
import { ENVIRONMENT_DEFAULTS } from './defaults';

export const BUCKET_NAME_RULE = '3 to 63 lower-case letters, digits, . or -';
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Regions of China, GovCloud and the isolated partitions. */
const OTHER_PARTITION = /^(cn-|us-gov-|[a-z]{2}-iso[a-z]?-)/;

export const regionSchema = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region of AWS, for example eu-central-1')
  .refine((region) => !OTHER_PARTITION.test(region), {
    error: ({ input }) =>
      `${input} lies in a partition of AWS in which the Terraform provider of this version cannot make buckets, since it tags them as it makes them; choose a region outside China, GovCloud and the isolated partitions`,
  })
  .describe('Region of AWS that everything lies in.');

export const bucketNameSchema = z
  .string()
  .regex(BUCKET_NAME, `must be the name of a bucket: ${BUCKET_NAME_RULE}`);

export const stateKeyPrefixSchema = z
  .string()
  .regex(/^([A-Za-z0-9_-]+\/)*$/, 'must be empty or folders, each ending with /')
  .default(ENVIRONMENT_DEFAULTS.stateKeyPrefix)
  .describe('Folder of the state files in their bucket.');

/** The first part of every resource's name. Together with the environment's it fits the shortest limit, a bucket's. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must have lower-case letters and digits, and single - between')
  .max(16, 'must have at most 16 characters');
