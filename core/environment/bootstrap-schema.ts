import * as z from 'zod';
import { ENVIRONMENT_DEFAULTS } from './defaults';
import { ENVIRONMENT_NAME } from './environment';
import { bucketNameSchema, nameSchema, regionSchema, stateKeyPrefixSchema, tagsSchema } from './schema';

export const bootstrapSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find the schema of this file.'),
    name: nameSchema
      .default(ENVIRONMENT_DEFAULTS.name)
      .describe('The name of the environments that are deployed from the repository.'),
    region: regionSchema,
    github_repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/repository')
      .describe('The one repository on GitHub whose workflows may plan and deploy.'),
    environments: z
      .array(
        z.string().regex(ENVIRONMENT_NAME, 'must be the name of an environment file, without its ending'),
      )
      .min(1)
      .describe(
        'Environments that workflows deploy to, each under an environment of GitHub of the same name.',
      ),
    state_bucket: bucketNameSchema.describe(
      'Bucket to make for the state of the environments; unique in the world.',
    ),
    state_key_prefix: stateKeyPrefixSchema,
    create_oidc_provider: z
      .boolean()
      .default(true)
      .describe("Whether to make GitHub's OIDC provider; an account has one at most."),
    tags: tagsSchema,
  })
  .describe('What an AWS account needs before the first deploy from GitHub.');

export type Bootstrap = Readonly<Omit<z.output<typeof bootstrapSchema>, '$schema'>>;
