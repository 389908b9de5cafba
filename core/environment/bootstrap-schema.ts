import * as z from 'zod';
import { accountIdSchema, keyArnSchema, secretArnSchema } from './arn-schemas';
import { ENVIRONMENT_DEFAULTS } from './defaults';
import { ENVIRONMENT_NAME } from './environment';
import { bucketNameSchema, nameSchema, regionSchema, stateKeyPrefixSchema } from './name-schemas';
import { encryptionSchema, tagsSchema } from './schema';

/** Whoever deploys to an environment of that name would reach the roles that deploy to the others, or the log of the state. */
const OWN_NAMES = ['deploy', 'state'];

/** A role takes ten policies, and the one that plans has one for each environment. */
export const MOST_ENVIRONMENTS = 10;
/** Characters of what stands in policies, which IAM takes up to 6,144 characters each. AWS's own names are shorter. */
export const LONGEST = { region: 20, stateKeyPrefix: 256, secretArn: 640, keyArn: 128 } as const;

export const bootstrapEnvironmentSchema = z.strictObject({
  encryption: encryptionSchema.describe('As its environment file says; with KMS its key is made here.'),
  api_key_secret_arn: secretArnSchema
    .max(LONGEST.secretArn)
    .optional()
    .describe(
      'Secret with the API key, as its environment file names it: the only one that its functions may read.',
    ),
  api_key_secret_kms_key_arn: keyArnSchema
    .max(LONGEST.keyArn)
    .optional()
    .describe('Key of your own under which that secret lies, as its environment file names it.'),
});

const githubId = z.number().int().min(1);

/** Both stay the same for good, and are never given to another: names can be taken over. */
const githubIdsSchema = z.strictObject({
  owner: githubId.describe('Id of the user or organization.'),
  repository: githubId.describe('Id of the repository.'),
});

export const bootstrapSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find the schema of this file.'),
    name: nameSchema
      .default(ENVIRONMENT_DEFAULTS.name)
      .describe('The name of the environments that are deployed from the repository.'),
    region: regionSchema.max(LONGEST.region).describe('Region of AWS that everything lies in.'),
    account_id: accountIdSchema
      .optional()
      .describe(
        'The one AWS account that it may be deployed to. Without it: whichever the credentials are of.',
      ),
    github_repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/repository; the ids of both go into github_ids')
      .describe('The one repository on GitHub whose workflows may plan and deploy.'),
    github_ids: githubIdsSchema
      .nullable()
      .optional()
      .describe(
        'Ids of the owner and the repository, which stand in the tokens of its workflows; null for a repository whose tokens name both without ids.',
      ),
    environments: z
      .record(
        z
          .string()
          .regex(ENVIRONMENT_NAME, 'must be the name of an environment file, without its ending')
          .refine(
            (name) => !OWN_NAMES.includes(name),
            'is what the bootstrap names its own by; choose another',
          ),
        bootstrapEnvironmentSchema,
      )
      .refine((environments) => Object.keys(environments).length > 0, 'must have at least one environment')
      .refine(
        (environments) => Object.keys(environments).length <= MOST_ENVIRONMENTS,
        `must have at most ${MOST_ENVIRONMENTS} environments: the role that plans takes no more policies`,
      )
      .describe(
        'Environments that workflows deploy to, each under an environment of GitHub of the same name.',
      ),
    state_bucket: bucketNameSchema.describe(
      'Bucket to make for the state of the environments; unique in the world.',
    ),
    state_key_prefix: stateKeyPrefixSchema
      .refine(
        ({ length }) => length <= LONGEST.stateKeyPrefix,
        `must have at most ${LONGEST.stateKeyPrefix} characters`,
      )
      .describe('Folder of the state files in their bucket.'),
    create_oidc_provider: z
      .boolean()
      .default(true)
      .describe("Whether to make GitHub's OIDC provider; an account has one at most."),
    tags: tagsSchema,
  })
  .describe('What an AWS account needs before the first deploy from GitHub.');

export type Bootstrap = Readonly<Omit<z.output<typeof bootstrapSchema>, '$schema'>>;
/** What the bootstrap is told of one environment. */
export type BootstrapEnvironment = Readonly<z.output<typeof bootstrapEnvironmentSchema>>;
