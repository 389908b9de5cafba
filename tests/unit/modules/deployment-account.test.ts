import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { DeploymentAccount } from '../../../modules/deployment-account/deployment-account';
import { OUTPUT } from './synthesized-stack';

it.each([
  ['eu-central-1', 'aws'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['cn-north-1', 'aws-cn'],
])('ARNs in %s are of the partition %s', (region, partition) => {
  const stack = new TerraformStack(new App({ outdir: OUTPUT }), 'test');

  const account = new DeploymentAccount(stack, 'Account', { region });

  const { value } = outputOf(stack, account.arn('sqs', 'letters'));
  expect(value).toBe(
    `arn:${partition}:sqs:${region}:\${data.aws_caller_identity.Account_Caller_E4559C81.account_id}:letters`,
  );
});

function outputOf(stack: TerraformStack, value: string): { readonly value: string } {
  new TerraformOutput(stack, 'Value', { value });
  return JSON.parse(Testing.synth(stack)).output.Value;
}
