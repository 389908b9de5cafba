import { runToEnd } from './run-command';

const PYTHON_ADVICE =
  'The end-to-end suite needs Python 3.10 or newer with its venv module, as `python3` (on Debian: apt-get install python3-venv).';
const TERRAFORM_ADVICE =
  'The end-to-end suite needs Terraform 1.11 or newer on the PATH: see https://developer.hashicorp.com/terraform/install.';

/** @throws Error that says how to get it, when Python is missing or too old */
export async function requirePython(python = 'python3'): Promise<void> {
  const check = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';
  await requireProgram(python, ['-c', check], PYTHON_ADVICE);
}

/** @throws Error that says how to get it, when Terraform is missing */
export async function requireTerraform(terraform = 'terraform'): Promise<void> {
  await requireProgram(terraform, ['version'], TERRAFORM_ADVICE);
}

async function requireProgram(program: string, args: readonly string[], advice: string): Promise<void> {
  const ending = await runToEnd({ program, args }).catch(() => undefined);
  if (ending?.code !== 0) throw new Error(advice);
}
