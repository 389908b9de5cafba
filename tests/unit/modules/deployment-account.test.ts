import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { DeploymentAccount } from '../../../modules/deployment-account/deployment-account';
import { OUTPUT } from './synthesized-stack';

it('ARNs are of the account and the region of the stack', () => {
  const stack = new TerraformStack(new App({ outdir: OUTPUT }), 'test');

  const account = new DeploymentAccount(stack, 'Account', { region: 'eu-central-1' });

  const { value } = outputOf(stack, account.arn('sqs', 'letters'));
  expect(value).toBe(
    `arn:aws:sqs:eu-central-1:\${data.aws_caller_identity.Account_Caller_E4559C81.account_id}:letters`,
  );
});

function outputOf(stack: TerraformStack, value: string): { readonly value: string } {
  new TerraformOutput(stack, 'Value', { value });
  return JSON.parse(Testing.synth(stack)).output.Value;
}
