import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Environment } from '../core/environment/environment';

/**
 * Where a stack's state lies. A local one lies beside the output folder, by a path relative to the stack's own folder
 * there: the synthesized Terraform is the same on every machine.
 */
export function keepState(stack: TerraformStack, state: Environment['state']): void {
  const name = stack.node.id;
  if (state.backend === 'local') {
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
    return;
  }
  const { bucket, region, key_prefix } = state;
  new S3Backend(stack, { bucket, region, key: `${key_prefix}${name}.tfstate`, encrypt: true });
  // The bindings are older than the lock file.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
